// Colours and type of all reports.

/** CSS variables for light and dark, and plain element styles. */
export const themeStyle = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: #ffffff; --ink: #1b1f27; --quiet: #5b6472; --line: #dcdfe5; --stage: #e7e9ed; --focus: #2563eb;
  --fail: #c42b32; --review: #a86400; --pass: #1d7f45; --error: #7a3fb0; --other: #5b6472;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14161b; --card: #1d2027; --ink: #e9ebef; --quiet: #9aa3b2; --line: #31353f; --stage: #0d0f13; --focus: #7aa7ff;
    --fail: #ff7378; --review: #f1b24a; --pass: #58cd8b; --error: #c79bf2; --other: #9aa3b2;
  }
}
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
a { color: inherit; }
button, input, select { font: inherit; color: inherit; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.quiet { color: var(--quiet); }
.number { font-variant-numeric: tabular-nums; }
.hidden-label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
