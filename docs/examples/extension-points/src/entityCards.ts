import { createPortalPlugin, entityAnnotation, extensionPoints } from '@callboard/api';

const TODOS = 'acme.dev/todos';
const where = { [`metadata.annotations.${TODOS}`]: { $exists: true } };

export default createPortalPlugin({
  id: 'todos',
  register: env =>
    env.registerInit({
      deps: { cards: extensionPoints.entityCards, tabs: extensionPoints.entityTabs },
      init: ({ cards, tabs }) => [
        tabs.addEntityTab({ id: 'todos', title: 'To-dos', order: 60 }),
        cards.addEntityCard({
          id: 'todos.list',
          title: 'To-dos',
          tab: 'todos',
          where,
          load: entity => ({
            type: 'fields',
            fields: (entityAnnotation(entity, TODOS) ?? '').split(';').map((todo, index) => ({
              label: String(index + 1),
              value: [{ type: 'text', text: todo.trim() }],
            })),
          }),
        }),
      ],
    }),
});
