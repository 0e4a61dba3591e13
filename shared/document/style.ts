/** Logical properties throughout: the same sheet sets a page from right to left. */
export const STYLE = `
:root { font: 16px/1.5 system-ui, "Noto Sans", sans-serif; color: #1d2733; background: #fff; }
body { max-width: 60rem; margin-inline: auto; padding: 1rem; }
header, footer { border-block: 1px solid #1f3a5f; font-weight: 600; font-size: 0.875rem; }
h1, h2, h3 { line-height: 1.2; color: #1f3a5f; }
.note { border-inline-start: 4px solid #8a6d00; padding-inline-start: 0.75rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin-block: 0.5rem 1.5rem; font-size: 0.9375rem; }
caption { text-align: start; font-weight: 600; padding-block-end: 0.25rem; }
th, td { border-block-end: 1px solid #c5ccd4; padding: 0.25rem 0.6rem; text-align: start; vertical-align: top; }
th[scope="row"] { font-weight: 400; }
.number { text-align: end; font-variant-numeric: tabular-nums; }
figure { margin: 0; break-inside: avoid; }
figure img { max-width: 100%; height: auto; }
@media print { body { max-width: none; padding: 0; } .scroll { overflow: visible; } thead { display: table-header-group; } }
`;
