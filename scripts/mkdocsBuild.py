"""Builds sites with the real MkDocs, Material for MkDocs and what techdocs-core sets.

Usage: mkdocsBuild.py [--plugins FOLDER]... OUT MKDOCS_YML...

Each site is built into a folder of OUT that is named by its place in the list, from 0. Prints one line of JSON for each:
whether MkDocs built it, and what it would have needed that is not installed. Run with a Python that has MkDocs 1.6. As with
`mkdocsSite.py`, whose rules count, nothing that a config names is run.
"""

import io
import json
import logging
import os
import sys
import tempfile

import mkdocs.commands.build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.contrib.search import SearchPlugin
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.theme import Theme
from pymdownx.emoji import to_svg

import mkdocsSite
from mkdocsSite import EntryPoint, is_extension, plugin_class, unavailable

# In techdocs-core's order, with its options.
EXTENSIONS = {
    'toc': {'permalink': True},
    'admonition': {},
    'pymdownx.details': {},
    'pymdownx.tabbed': {'alternate_style': True},
    'pymdownx.caret': {},
    'pymdownx.critic': {},
    'pymdownx.emoji': {'emoji_generator': to_svg},
    'pymdownx.inlinehilite': {},
    'pymdownx.magiclink': {},
    'pymdownx.mark': {},
    'pymdownx.smartsymbols': {},
    'pymdownx.snippets': {'restrict_base_path': True},
    'pymdownx.highlight': {'linenums': True, 'pygments_lang_class': True},
    'pymdownx.extra': {'pymdownx.betterem': {'smart_enable': 'all'}},
    'pymdownx.tasklist': {'custom_checkbox': True},
    'pymdownx.tilde': {},
}

METADATA = '{{ {"site_name": (config.site_name | string), "site_description": (config.site_description | string)} | tojson }}'


class TechDocsCore(BasePlugin):
    """What techdocs-core does to a site, with what is installed."""

    def on_config(self, config):
        folder = tempfile.mkdtemp()
        with open(os.path.join(folder, 'techdocs_metadata.json'), 'w') as file:
            file.write(METADATA)
        config['theme'] = Theme(name='material')
        config['theme']['features'] = ['navigation.footer', 'content.action.edit']
        config['theme']['palette'] = {}
        config['theme'].static_templates.update({'techdocs_metadata.json'})
        config['theme'].dirs.append(folder)
        search = SearchPlugin()
        search.load_config({})
        config['plugins']['search'] = search
        monorepo = plugin_class('monorepo')
        if monorepo and 'monorepo' not in config['plugins']:
            plugin = monorepo()
            plugin.load_config({})
            config['plugins']['monorepo'] = plugin
        for name, options in EXTENSIONS.items():
            if name not in config['markdown_extensions'] and is_extension(name):
                config['markdown_extensions'].append(name)
            if is_extension(name):
                config['mdx_configs'][name] = {**options, **config['mdx_configs'].get(name, {})}
        if is_extension('mdx_truly_sane_lists'):
            config['markdown_extensions'].append('mdx_truly_sane_lists')
        return config


def main(arguments):
    paths = []
    while arguments:
        argument = arguments.pop(0)
        if argument == '--plugins':
            sys.path.insert(0, arguments.pop(0))
        else:
            paths.append(argument)
    out = os.path.abspath(paths.pop(0))
    logging.getLogger('mkdocs').setLevel(logging.CRITICAL)
    # TechDocs adds the plugin to configs that do not name it.
    plugins = mkdocsSite.Plugins
    plugins.__missing__ = lambda self, name: EntryPoint(
        TechDocsCore if name == 'techdocs-core' else BasePlugin if name == 'search' else plugin_class(name) or mkdocsSite.Idle
    )
    # What plugins print is no answer.
    answers, sys.stdout = sys.stdout, io.StringIO()
    for index, path in enumerate(paths):
        answer = {'unavailable': unavailable(path)}
        try:
            build(os.path.abspath(path), os.path.join(out, str(index)))
        except (Abort, SystemExit):
            answer['fails'] = True
        except Exception as error:
            answer.update({'fails': True, 'crash': f'{type(error).__name__}: {error}'})
        json.dump(answer, answers)
        answers.write('\n')
        answers.flush()


def build(path, site):
    config = load_config(path, theme='material', hooks=[], strict=False, site_dir=site)
    if 'techdocs-core' not in config['plugins']:
        config['plugins']['techdocs-core'] = TechDocsCore()
    mkdocs_build.build(config)


if __name__ == '__main__':
    main(sys.argv[1:])
