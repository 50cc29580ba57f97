"""Prints as JSON what the real MkDocs makes of a site: its navigation, titles, addresses.

Usage: mkdocsSite.py [--links] [--plugins FOLDER]... MKDOCS_YML...

Prints one line of JSON for each file. Run with a Python that has MkDocs 1.6. Plugins that are not installed
do nothing, and Markdown extensions that are not installed are left out; `--plugins` names folders with the
sources of plugins. `--links` adds what MkDocs says of the links of the pages, all of which are read then as
techdocs-core sets Markdown up. Configs are read without running anything that they name.
"""

import html
import importlib
import io
import json
import logging
import os
import re
import sys

import markdown
import yaml
import yaml_env_tag

import mkdocs.config.config_options as options
import mkdocs.config.defaults as defaults
import mkdocs.utils.yaml as mkdocs_yaml
from mkdocs.commands.build import _populate_page
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, get_plugins
from mkdocs.structure.files import InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation

PLUGINS = {
    'monorepo': ('mkdocs_monorepo_plugin.plugin', 'MonorepoPlugin'),
    'awesome-pages': ('mkdocs_awesome_pages_plugin.plugin', 'AwesomePagesPlugin'),
    'exclude': ('mkdocs_exclude.plugin', 'Exclude'),
    'redirects': ('mkdocs_redirects.plugin', 'RedirectPlugin'),
}

# Those of techdocs-core that can change what a heading says.
TECHDOCS_EXTENSIONS = [
    'admonition', 'pymdownx.caret', 'pymdownx.emoji', 'pymdownx.mark',
    'pymdownx.tilde', 'pymdownx.extra', 'pymdownx.tasklist', 'pymdownx.critic', 'pymdownx.magiclink',
]


# And those that can change where there are links, and what they include.
LINK_EXTENSIONS = TECHDOCS_EXTENSIONS + [
    'pymdownx.details', 'pymdownx.tabbed', 'pymdownx.inlinehilite', 'pymdownx.highlight', 'pymdownx.smartsymbols',
    'pymdownx.snippets',
]

WITH_LINKS = False


class Idle(BasePlugin):
    """A plugin that is not there."""


class TechDocsCore(BasePlugin):
    """What techdocs-core does to a site: it switches the monorepo plugin on."""

    def on_config(self, config):
        for name in TECHDOCS_EXTENSIONS:
            if is_extension(name) and name not in config['markdown_extensions']:
                config['markdown_extensions'].append(name)
        config['mdx_configs'].pop('pymdownx.snippets', None)
        monorepo = plugin_class('monorepo')
        if monorepo and 'monorepo' not in config['plugins']:
            plugin = monorepo()
            plugin.load_config({})
            config['plugins']['monorepo'] = plugin
        return config


class EntryPoint:
    def __init__(self, kind):
        self.kind = kind

    def load(self):
        return self.kind


class Plugins(dict):
    """All plugins there could be."""

    def __contains__(self, name):
        return '/' not in name or dict.__contains__(self, name)

    def __missing__(self, name):
        if name == 'techdocs-core':
            return EntryPoint(TechDocsCore)
        return EntryPoint(plugin_class(name) or Idle)


def plugin_class(name):
    module, kind = PLUGINS.get(name, (None, None))
    try:
        return module and getattr(importlib.import_module(module), kind)
    except ImportError:
        return None


def is_extension(name, configs=None):
    try:
        markdown.Markdown().registerExtensions((name,), configs or {})
        return True
    except Exception:
        return False


class SafeLoader(yaml.SafeLoader):
    """Knows the tags of MkDocs, and takes objects of Python for their names."""


SafeLoader.add_constructor('!ENV', yaml_env_tag.construct_env_tag)
SafeLoader.add_constructor('!relative', lambda loader, node: node.value)
SafeLoader.add_multi_constructor('tag:yaml.org,2002:python/', lambda loader, suffix, node: suffix)


def available_extensions(self, value):
    wanted = original_extensions(self, [])
    items = value.items() if isinstance(value, dict) else [
        next(iter(item.items())) if isinstance(item, dict) and len(item) == 1 else (item, None) for item in value
    ]
    for name, config in items:
        if isinstance(name, str) and is_extension(name):
            wanted.append(name)
            if name == 'toc' and isinstance(config, dict):
                self.configdata[name] = {'permalink': bool(config.get('permalink'))}
    return list(dict.fromkeys(wanted))


original_extensions = options.MarkdownExtensions.run_validation
options.MarkdownExtensions.run_validation = available_extensions
dict(defaults.MkDocsConfig._schema)['plugins'].installed_plugins = Plugins(get_plugins())
defaults.get_yaml_loader = lambda config=None: SafeLoader
mkdocs_yaml.get_yaml_loader = lambda *args, **kwargs: SafeLoader


class Messages(logging.Handler):
    def __init__(self):
        super().__init__()
        self.messages = []

    def emit(self, record):
        self.messages.append((record.levelname, record.getMessage()))


def describe(path):
    handler = Messages()
    logger = logging.getLogger('mkdocs')
    logger.handlers = [handler]
    # What pages say of anchors is not looked at while it debugs.
    logger.setLevel(logging.INFO if WITH_LINKS else logging.DEBUG)
    try:
        result = site(path)
    except (Abort, SystemExit) as error:
        result = {'fails': True}
    except Exception as error:
        result = {'fails': True, 'crash': type(error).__name__}
    lines = [(level, text) for level, text in handler.messages if level != 'DEBUG']
    missing = [m for l, t in lines for m in re.findall(r"A reference to '(.*)' is included in the 'nav' configuration, which", t)]
    omitted = [m for l, t in lines if 'not included in the "nav"' in t for m in re.findall(r'\n  - (.*)', t)]
    conflicts = [m for l, t in lines for m in re.findall(r"Excluding '(.*)' from the site", t)]
    links = [
        [level.lower(), *re.match(r"Doc file '(.*?)' contains (.*)", text, re.DOTALL).groups()]
        for level, text in lines if text.startswith("Doc file '")
    ]
    return {
        **result, 'missing': missing, 'omitted': omitted, 'conflicts': conflicts,
        **({'links': links} if WITH_LINKS else {}), 'unavailable': unavailable(path),
    }


def unavailable(path):
    """Plugins that the site needs and that are not there."""
    with open(path, encoding='utf-8-sig') as file:
        text = file.read()
    names = set(re.findall(r'[\w-]+', text)) & set(PLUGINS)
    if '!include' in text or '*include' in text:
        names.add('monorepo')
    return sorted(name for name in names if not plugin_class(name))


def set_up_links(config):
    for name in LINK_EXTENSIONS:
        if is_extension(name) and name not in config['markdown_extensions']:
            config['markdown_extensions'].append(name)
    folder = os.path.dirname(config.config_file_path)
    config['mdx_configs']['pymdownx.snippets'] = {'base_path': [folder], 'restrict_base_path': True}
    config['mdx_configs']['pymdownx.tabbed'] = {'alternate_style': True}


def site(path):
    config = load_config(path, theme='mkdocs', hooks=[], strict=False, site_dir='/nowhere/site')
    config.plugins.on_startup(command='build', dirty=False)
    config = config.plugins.on_config(config)
    if WITH_LINKS:
        set_up_links(config)
    files = get_files(config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = get_navigation(files, config)
    nav = config.plugins.on_nav(nav, config=config, files=files)
    pages = files.documentation_pages(inclusion=InclusionLevel.is_included)
    for file in pages:
        _populate_page(file.page, config, files, False)
        config.plugins.on_pre_page(file.page, config=config, files=files)
    if WITH_LINKS:
        for file in pages:
            file.page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
    in_nav = {page.file.src_uri for page in nav.pages}
    shown = {file.src_uri for file in pages}

    def title_of(page):
        if page.title is None:
            return None
        own = 'title' in vars(page) or 'title' in page.meta
        return str(page.title) if own else html.unescape(page.title)

    def item(node):
        if node.is_section:
            return {'type': 'section', 'title': node.title if node.title is None else str(node.title),
                    'children': [item(child) for child in node.children]}
        if node.is_link:
            title = node.url if node.title is None else str(node.title)
            return {'type': 'link', 'title': title, 'url': node.url}
        if node.file.src_uri in shown:
            return {'type': 'page', 'title': title_of(node), 'path': node.file.src_uri}
        return {'type': 'link', 'title': title_of(node), 'url': node.file.url}

    def neighbour(page, direction):
        seen = 0
        # What a plugin takes out of the navigation keeps the neighbours that it had.
        other = getattr(page, direction) if page.file.src_uri in in_nav else None
        while other is not None and other.file.src_uri not in shown and seen < 1000:
            other, seen = getattr(other, direction), seen + 1
        return other and other.file.src_uri

    return {
        'name': config['site_name'],
        'nav': [item(node) for node in nav.items],
        'pages': [{
            'path': file.src_uri,
            'url': file.page.url,
            'title': title_of(file.page),
            'editUrl': file.page.edit_url,
            'previous': neighbour(file.page, 'previous_page'),
            'next': neighbour(file.page, 'next_page'),
            'isInNav': file.src_uri in in_nav,
        } for file in pages],
    }


def main(arguments):
    paths = []
    while arguments:
        argument = arguments.pop(0)
        if argument == '--plugins':
            sys.path.insert(0, arguments.pop(0))
        elif argument == '--links':
            global WITH_LINKS
            WITH_LINKS = True
        else:
            paths.append(argument)
    # What plugins print is no answer.
    answers, sys.stdout = sys.stdout, io.StringIO()
    for path in paths:
        json.dump(describe(os.path.abspath(path)), answers, ensure_ascii=False)
        answers.write('\n')
        answers.flush()


if __name__ == '__main__':
    main(sys.argv[1:])
