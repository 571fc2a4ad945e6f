// The frame of every report: one file that loads nothing from anywhere, light and dark.
import { sha256Hex } from '../core/digest.ts';
import { Html, html } from './html.ts';
import { themeScript, themeStyle } from './theme.ts';

/** What a page consists of; `style` and `script` are the kit's own text, never data. */
export interface Page {
  readonly title: string;
  readonly style: string;
  readonly script: string;
  readonly body: Html;
}

/**
 * The whole document. Its content policy allows exactly this script, the style inside and pictures from the file or beside it,
 * so that even a mistake in escaping could not run anything.
 */
export function renderPage({ title, style, script, body }: Page): string {
  const allowed = [themeScript, script].map((text) => `'sha256-${Buffer.from(sha256Hex(text), 'hex').toString('base64')}'`).join(' ');
  const policy = `default-src 'none'; img-src data: file: 'self'; style-src 'unsafe-inline'; script-src ${allowed}; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(themeStyle + style)}</style>
<script>${new Html(themeScript)}</script>
</head>
<body>
${body}
<script>${new Html(script)}</script>
</body>
</html>
`.text;
}
