/** The style of a report. It has no URL in it. Dark on a dark screen; on paper always light, and with everything open. */
export const PAGE_STYLE = `
:root{color-scheme:light;--bg:#fff;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--panel:#f6f8fa;--use:#0b62c4;
--CRITICAL:#b3261e;--WARNING:#8a5a00;--OK:#0a6577;--GOOD:#1a7036;--UNKNOWN:#5c6570;--current:#6e4bb8;--limit:#b3261e;--recommended:#1a7036;--peak:#b4500a}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--bg:#0f1318;--ink:#e6eaef;--soft:#9aa5b1;--line:#333c47;--panel:#181e25;--use:#6cb0ff;
--CRITICAL:#ff8a80;--WARNING:#f0b95a;--OK:#6fd3e5;--GOOD:#77d394;--UNKNOWN:#a9b4c0;--current:#c3a6ff;--limit:#ff8a80;--recommended:#77d394;--peak:#ffab70}}
*{box-sizing:border-box}
body{margin:0;padding:20px;background:var(--bg);color:var(--ink);font:13px/1.45 system-ui,sans-serif}
h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:20px 0 6px}h3{font-size:14px;margin:4px 0}
p{margin:2px 0}.small,.none{font-size:12px;color:var(--soft)}
.totals{display:flex;flex-wrap:wrap;gap:12px;margin:16px 0}.totals div{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:8px 14px}
.totals dt{color:var(--soft);font-size:12px}.totals dd{margin:0;font-size:18px}.totals dd.small{font-size:12px}
.filters{display:none;flex-wrap:wrap;gap:14px;align-items:center;margin:12px 0}.js .filters{display:flex}
input,select,button{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--line);border-radius:5px;padding:4px 8px}
button{cursor:pointer}:focus-visible{outline:2px solid var(--use);outline-offset:1px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--soft);font-size:12px;padding:4px 0}
th,td{padding:5px 7px;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
th{background:var(--panel);white-space:nowrap}th button{border:0;background:none;padding:0;font-weight:600}
th[aria-sort=ascending] button::after{content:" ▲"}th[aria-sort=descending] button::after{content:" ▼"}
tbody tr:first-child td{white-space:nowrap}tbody tr:first-child td:nth-child(3){white-space:normal;min-width:13em}
.n,td:is(:nth-child(4),:nth-child(6),:nth-child(7),:nth-child(8),:nth-child(10),:nth-child(11),:nth-child(12)){text-align:right;font-variant-numeric:tabular-nums}
.open{border:0;background:none;padding:0;text-align:left;color:var(--use);overflow-wrap:anywhere}.open i{color:var(--soft)}
.open::before{content:"▸ "}.open[aria-expanded=true]::before{content:"▾ "}
td>i{color:var(--use);font-style:normal;font-family:ui-monospace,monospace;letter-spacing:-1px}
.tag{border:1px solid currentColor;border-radius:9px;padding:0 7px;font-size:11px;font-weight:600}small{color:var(--soft);font-size:1.1em}
.CRITICAL{color:var(--CRITICAL)}.WARNING{color:var(--WARNING)}.OK{color:var(--OK)}.GOOD{color:var(--GOOD)}.UNKNOWN{color:var(--UNKNOWN)}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(420px,1fr));gap:24px}.details>td{background:var(--panel);padding:8px 16px 14px}
figure{margin:0}svg{width:100%;max-width:760px;height:auto;display:block}text{font-size:11px;fill:var(--soft);text-anchor:end}text.from{text-anchor:start}
path{fill:none;stroke-width:1.5}path.use{stroke:var(--use);stroke-linecap:round;stroke-linejoin:round}path.grid{stroke:var(--line);stroke-width:1}
path.current{stroke:var(--current);stroke-dasharray:8 4}path.limit{stroke:var(--limit);stroke-dasharray:2 3}
path.recommended{stroke:var(--recommended);stroke-width:2.5}path.new-limit{stroke:var(--recommended);stroke-dasharray:2 3}
path.peak{stroke:var(--peak);stroke-dasharray:1 5}circle.peak{fill:none;stroke:var(--peak);stroke-width:2}
.legend{list-style:none;margin:4px 0;padding:0;display:flex;flex-wrap:wrap;gap:2px 16px;font-size:12px}
.legend li::before{content:"";display:inline-block;width:22px;margin-right:6px;vertical-align:middle;border-top:2px solid var(--use)}
.legend .current::before{border-top:2px dashed var(--current)}.legend .limit::before{border-top:2px dotted var(--limit)}
.legend .recommended::before{border-top:3px solid var(--recommended)}.legend .new-limit::before{border-top:2px dotted var(--recommended)}
.legend .peak::before{border-top:2px dotted var(--peak)}
pre b{font-weight:400;color:var(--soft);font-family:system-ui,sans-serif;font-size:12px}
pre{margin:2px 0 8px;font-size:11px;white-space:pre-wrap;overflow-wrap:anywhere}.know,.after ul{margin:6px 0;padding-left:20px}.know li,.after li{overflow-wrap:anywhere}
@media screen{.js .details:not(.shown){display:none}tbody.out{display:none}}
@media print{@page{size:A4 landscape;margin:10mm}body{padding:0;font-size:10px}.filters,.js .filters{display:none}.scroll{overflow:visible}
h1{font-size:16px}h2{font-size:12px}h3{font-size:11px}.small,.none,.legend,caption,.totals dt,.totals dd.small,pre b{font-size:9px}.totals dd{font-size:13px}.tag{font-size:9px}th,td{padding:2px 4px}tr,figure,section{break-inside:avoid}.two{grid-template-columns:1fr 1fr;gap:12px}pre{font-size:8px}pre b{font-size:9px}.open{color:inherit}.open::before{content:""!important}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`
