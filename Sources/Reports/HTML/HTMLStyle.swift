/// The page's style sheet: light and dark, narrow and wide, screen and paper. Colours are told apart by those who see few of
/// them (blue for pass, vermilion for fail), and glyph and word stand beside each.
enum HTMLStyle {
    static let sheet: StaticString = """
        :root { color-scheme: light dark; --text: #1c2128; --back: #ffffff; --soft: #f3f5f8; --line: #c9d1d9;
          --pass: #0b6fa4; --fail: #b83a00; --inconclusive: #7a5c00; --skipped: #667080; }
        @media (prefers-color-scheme: dark) { :root { --text: #e6e9ee; --back: #14181d; --soft: #1e242b; --line: #3a434d;
          --pass: #58b4e5; --fail: #ff8a55; --inconclusive: #e0b94a; --skipped: #98a3b0; } }
        * { box-sizing: border-box; }
        body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); }
        header, main { max-width: 1400px; margin: 0 auto; padding: 16px 24px; }
        header { border-left: 10px solid var(--line); background: var(--soft); max-width: none; }
        header.pass { border-color: var(--pass); } header.fail { border-color: var(--fail); }
        header.inconclusive { border-color: var(--inconclusive); } header.skipped { border-color: var(--skipped); }
        h1 { margin: 0; font-size: 26px; } h2 { margin: 32px 0 8px; font-size: 20px; } h3 { margin: 4px 0; font-size: 16px; }
        p { margin: 4px 0; } .counts { font-size: 17px; } .reason { font-weight: 600; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 8px 0 0; }
        dt { color: var(--skipped); } dd { margin: 0; overflow-wrap: anywhere; }
        dd > .key { margin-right: 12px; }
        article { border: 1px solid var(--line); border-left-width: 6px; border-radius: 6px; padding: 10px 14px; margin: 10px 0; }
        article.fail, article.cause { border-left-color: var(--fail); }
        article.inconclusive { border-left-color: var(--inconclusive); }
        article:target { outline: 2px solid var(--pass); }
        .badge { font-weight: 600; } .badge.pass, td.pass { color: var(--pass); } .badge.fail, td.fail { color: var(--fail); }
        .badge.inconclusive, td.inconclusive { color: var(--inconclusive); }
        .badge.skipped, td.skipped { color: var(--skipped); }
        .key, code, pre, td, th { font-family: ui-monospace, monospace; font-size: 13px; }
        .title { color: var(--skipped); }
        a { color: inherit; } pre { background: var(--soft); padding: 10px; overflow: auto; max-height: 60vh; }
        .wide { overflow-x: auto; margin: 8px 0 16px; } table { border-collapse: collapse; }
        th, td { border: 1px solid var(--line); padding: 3px 8px; text-align: left; white-space: nowrap; }
        th { background: var(--soft); } td small { color: var(--skipped); margin-left: 6px; }
        td.fail, td.inconclusive { font-weight: 700; }
        figure { margin: 8px 0 20px; } figcaption { font-weight: 600; } svg { width: 100%; height: auto; display: block; }
        svg rect { fill: var(--soft); stroke: var(--line); stroke-width: 1.5; }
        svg g.pass rect { stroke: var(--pass); } svg g.fail rect { stroke: var(--fail); stroke-width: 3; }
        svg g.inconclusive rect { stroke: var(--inconclusive); stroke-width: 2.5; }
        svg g.skipped rect { stroke: var(--skipped); stroke-dasharray: 5 4; }
        svg text { font: 11px ui-monospace, monospace; fill: var(--text); } svg text.head { font: 600 12px system-ui, sans-serif; }
        svg g.pass .head { fill: var(--pass); } svg g.fail .head, svg .break.fail { fill: var(--fail); }
        svg g.inconclusive .head, svg .break.inconclusive { fill: var(--inconclusive); } svg g.skipped .head { fill: var(--skipped); }
        svg text.break { font: 700 16px system-ui, sans-serif; }
        svg .wire { stroke: var(--line); stroke-width: 2; } svg .wire.pass { stroke: var(--pass); }
        svg .wire.fail { stroke: var(--fail); } svg .wire.inconclusive { stroke: var(--inconclusive); }
        svg .wire.skipped { stroke: var(--skipped); stroke-dasharray: 4 4; }
        @media print { pre { max-height: none; white-space: pre-wrap; } article, figure { break-inside: avoid; } }
        """
}
