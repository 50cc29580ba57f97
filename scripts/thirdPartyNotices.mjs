import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { productBuilds } from './lib/bundles.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { StepFailure } from './lib/failure.mjs';
import { generateSources } from './lib/generated.mjs';
import { runCommand } from './lib/main.mjs';
import { inProject, root } from './lib/project.mjs';
import { collectPackages, formatNotices, plainText } from './lib/thirdParty.mjs';

/** @type {import('./lib/main.mjs').CommandLine} */
const commandLine = {
  usage: 'npm run notices [-- OPTIONS]   (licenses of what is bundled)',
  options: {
    check: {
      type: 'flag',
      help: 'write nothing, and fail where something would have been written',
    },
  },
};

/** @param {string} name of a text in scripts/licenses */
const kept = name => plainText(readFileSync(inProject('scripts', 'licenses', name), 'utf8'));

/** @type {Map<string, import('./lib/thirdParty.mjs').LicenseDetails>} */
const details = new Map([
  [
    '@vscode/codicons',
    {
      note: 'The icons are under the first license, the code under the second. The font is unchanged.',
    },
  ],
  // The package has no license file; its repository has this one.
  ['@vscode/l10n', { text: kept('vscode-l10n.txt') }],
  // Only inside @mermaid-js/parser. The text is that of the package.
  ['chevrotain-allstar', { license: 'MIT', text: kept('chevrotain-allstar.txt') }],
  // Only inside @modelcontextprotocol/server.
  ['content-type', { license: 'MIT', text: kept('content-type.txt') }],
  ['dompurify', { license: 'Apache-2.0' }],
  [
    'elkjs',
    {
      license: 'EPL-2.0',
      note: [
        'Lays out diagrams of Mermaid that ask for `layout: elk`. The source code of elkjs is available under the',
        'Eclipse Public License 2.0 at https://github.com/kieler/elkjs and in the npm package elkjs; that of the',
        'Eclipse Layout Kernel, which elkjs is compiled from, at https://github.com/eclipse-elk/elk. It contains the',
        'emulation of Java by GWT (https://github.com/gwtproject/gwt) under the Apache License 2.0, whose text is',
        'in this file, too.',
      ].join('\n'),
    },
  ],
  // Only inside mermaid. The package has the text in its readme.
  ['fastdom', { license: 'MIT', text: kept('fastdom.txt') }],
  ['js-yaml', { license: 'MIT', text: kept('js-yaml.txt') }],
  // Its manifest names none; its license file is the MIT License.
  ['khroma', { license: 'MIT' }],
  // Only inside @mermaid-js/parser.
  ['langium', { license: 'MIT', text: kept('langium.txt') }],
]);

await runCommand(commandLine, async options => {
  await ensureDependencies();
  await generateSources();
  const packages = await collectPackages(productBuilds({ production: true }), root);
  const { text, problems } = formatNotices(packages, details);
  const file = inProject('ThirdPartyNotices.txt');
  const isCurrent = existsSync(file) && readFileSync(file, 'utf8') === text;
  if (!options.check) writeFileSync(file, text);
  else if (!isCurrent) problems.push('ThirdPartyNotices.txt is out of date: run npm run notices.');
  if (problems.length) {
    throw new StepFailure(
      `Notices of bundled packages:\n${problems.map(problem => `  ${problem}\n`).join('')}`,
      {
        advice:
          'Licenses are listed in scripts/lib/thirdParty.mjs, texts in scripts/thirdPartyNotices.mjs.',
      },
    );
  }
  console.log(`${packages.length} packages in ThirdPartyNotices.txt`);
  return 0;
});
