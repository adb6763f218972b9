// SPDX-License-Identifier: Apache-2.0
/** The page's one style sheet: the product's tokens in light and dark, system fonts, print. */
export const style = `
:root { color-scheme: light dark;
  --bg:#eef1f4; --surface:#fff; --sunken:#f5f7f9; --line:#d3dae1; --ink:#131c24; --muted:#4d5b67; --accent:#0b57c2;
  --good:#0a6b4f; --good-soft:#dff3ea; --attention:#7a4a00; --attention-soft:#fdf0d5; --bad:#a8240f; --bad-soft:#fde8e3;
  --quiet:#51606d; --quiet-soft:#e9edf1; --active-soft:#e3edfb;
  --f0:#1f6fe0; --f1:#128a66; --f2:#b97800; --f3:#7a52c7; --f4:#c8351b; --f5:#76848f }
@media (prefers-color-scheme: dark) { :root {
  --bg:#0d1318; --surface:#161e26; --sunken:#111920; --line:#2a3743; --ink:#e9eff4; --muted:#a9b6c1; --accent:#7db4ff;
  --good:#5fd6a8; --good-soft:#0f2c23; --attention:#f4bd55; --attention-soft:#33260d; --bad:#ff9a84; --bad-soft:#3a1912;
  --quiet:#a9b6c1; --quiet-soft:#1d2831; --active-soft:#14263f;
  --f0:#4b93f5; --f1:#2fb585; --f2:#e0a02a; --f3:#a98af0; --f4:#ef5b3d; --f5:#7c8b98 } }
* { box-sizing: border-box }
body { margin:0; background:var(--bg); color:var(--ink); font:16px/1.45 "IBM Plex Sans",system-ui,sans-serif;
  font-variant-numeric:tabular-nums; overflow-wrap:anywhere }
header, main, footer { max-width:1100px; margin:0 auto; padding:24px }
h1 { font-size:26px; letter-spacing:-.015em; line-height:1.2; margin:0 0 4px }
h2 { font-size:19px; line-height:1.2; margin:0 0 12px }
h3 { font-size:16px; margin:24px 0 8px }
p { margin:8px 0; max-width:80ch }
.muted, .below, .empty { color:var(--muted) }
nav ul { list-style:none; display:flex; flex-wrap:wrap; gap:4px 20px; padding:0; margin:16px 0 0 }
a { color:var(--accent) }
a:focus-visible, summary:focus-visible, .table:focus-visible { outline:3px solid var(--accent); outline-offset:2px }
section { background:var(--surface); border:1px solid var(--line); border-radius:12px; padding:20px 24px; margin:0 0 20px }
.verdict { border-left:6px solid var(--line); padding:4px 0 4px 16px; margin:0 0 20px }
.verdict > p:not(.below) { font-size:18px; max-width:none }
.verdict.worse { border-color:var(--bad) } .verdict.better { border-color:var(--good) }
.verdict.changed, .verdict.too-little-data { border-color:var(--attention) }
.badge { display:inline-block; border-radius:4px; padding:2px 10px; font-weight:600; font-size:14px; white-space:nowrap }
.worse .badge, .badge.worse { color:var(--bad); background:var(--bad-soft) }
.better .badge, .badge.better { color:var(--good); background:var(--good-soft) }
.changed .badge, .too-little-data .badge, .badge.changed { color:var(--attention); background:var(--attention-soft) }
.no-difference .badge, .badge.quiet { color:var(--quiet); background:var(--quiet-soft) }
.facts { display:grid; grid-template-columns:repeat(auto-fit,minmax(130px,1fr)); gap:12px; margin:0 }
.facts div { background:var(--sunken); border-radius:8px; padding:10px 14px }
.facts dt { color:var(--muted); font-size:14px } .facts dd { margin:0; font-size:22px }
.table { overflow-x:auto }
table { border-collapse:collapse; width:100%; font-size:14.5px; overflow-wrap:normal }
caption { text-align:left; font-weight:600; padding:12px 0 6px }
th, td { text-align:left; vertical-align:top; padding:7px 12px 7px 0; border-bottom:1px solid var(--line) }
th { font-weight:500 } tbody th { min-width:110px } thead th { color:var(--muted); white-space:nowrap }
.n { text-align:right } .n, .d { white-space:nowrap } details { margin:12px 0 0 } summary { cursor:pointer; color:var(--accent) }
.below { font-size:14px; margin:6px 0 0 }
code { font:13px/1.4 "IBM Plex Mono",ui-monospace,monospace; overflow-wrap:anywhere }
.small-mark { color:var(--attention); white-space:nowrap }
.chart { display:block; width:100%; max-width:760px; height:auto; margin:8px 0 }
.chart .grid { stroke:var(--line) } .chart text { fill:var(--muted); font-size:12px }
.chart .name, .chart .value { fill:var(--ink); font-size:13px }
.chart .whisker { stroke:var(--quiet); stroke-width:2 } .chart .dot { fill:var(--f0); stroke:var(--f0); stroke-width:2 }
.chart .dot.small { fill:var(--surface) } .chart .box { fill:var(--active-soft); stroke:var(--f0) }
.chart .median { stroke:var(--f0); stroke-width:3 } .chart .fill { stroke:var(--surface) }
.f0 { fill:var(--f0) } .f1 { fill:var(--f1) } .f2 { fill:var(--f2) } .f3 { fill:var(--f3) } .f4 { fill:var(--f4) } .f5 { fill:var(--f5) }
.legend { list-style:none; display:flex; flex-wrap:wrap; gap:4px 18px; padding:0; margin:4px 0; font-size:14px }
.legend svg { width:12px; height:12px; margin-right:6px }
@media print { :root { color-scheme:light; --bg:#fff; --surface:#fff } body { font-size:11pt } nav, .below a, summary { display:none }
  details::details-content { content-visibility:visible; block-size:auto }
  header, main, footer { max-width:none; padding:0 0 12pt } section { border:0; padding:0; margin:0 0 18pt }
  h2, h3, caption { break-after:avoid } tr, .chart, .verdict { break-inside:avoid } .table { overflow:visible } }
@media (forced-colors: active) { .chart .grid, .chart .whisker, .chart .median, .chart .box, .chart .fill { stroke:CanvasText } .verdict { border-color:CanvasText } }
`
