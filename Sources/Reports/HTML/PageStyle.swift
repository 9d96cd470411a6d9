/// The style sheet of a page: light and dark as the reader's system is, from a phone's width up.
enum PageStyle {
  /// The whole sheet; the colours of plots in the dark follow from those in the light.
  static var text: String {
    base + "@media (prefers-color-scheme: dark) {\n" + dark + plotColours + "}\n"
  }

  private static var plotColours: String {
    PlotStyle.inTheDark.map { light, dark in
      "svg[fill=\"\(light)\"], svg [fill=\"\(light)\"] { fill: \(dark); }\n"
        + "svg [stroke=\"\(light)\"] { stroke: \(dark); }\n"
    }.joined()
  }

  private static let base = """
    :root {
      --paper: #ffffff; --ink: #1d1f22; --faint: #5a6068; --rule: #d5d9de; --tint: #f3f5f7;
      --link: #0b5cad; --mark: #8a3b00; --mark-paper: #fff1e3;
      color-scheme: light dark;
    }
    * { box-sizing: border-box; }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
    }
    main { max-width: 76rem; margin: 0 auto; padding: 1rem clamp(0.75rem, 3vw, 2rem) 4rem; }
    h1 { font-size: 1.7rem; line-height: 1.2; margin: 0.75rem 0 0.25rem; overflow-wrap: anywhere; }
    h2 {
      font-size: 1.3rem; margin: 2.5rem 0 0.5rem; padding-top: 0.75rem;
      border-top: 1px solid var(--rule);
    }
    h3 { font-size: 1.05rem; margin: 1.75rem 0 0.5rem; overflow-wrap: anywhere; }
    h4 { font-size: 1rem; margin: 1.25rem 0 0.5rem; }
    p, ul { max-width: 60rem; margin: 0.5rem 0; }
    a { color: var(--link); }
    nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 1.1rem; }
    .lead { font-size: 1.1rem; color: var(--faint); margin-bottom: 0.75rem; }
    .small { font-size: 0.8rem; line-height: 1.45; color: var(--faint); overflow-wrap: anywhere; }
    .mark {
      display: inline-block; padding: 0 0.5em; border-radius: 0.3em; font-weight: 600;
      background: var(--mark-paper); color: var(--mark);
    }
    .scroll { overflow-x: auto; max-width: 100%; margin: 0.5rem 0; }
    table {
      border-collapse: separate; border-spacing: 0; font-size: 0.9rem; line-height: 1.25rem;
      font-variant-numeric: tabular-nums;
    }
    caption {
      text-align: left; font-weight: 600; padding: 0.25rem 0; position: sticky; left: 0;
      max-width: calc(100vw - 2rem);
    }
    th, td { padding: 0.25rem 0.7rem; text-align: left; border-bottom: 1px solid var(--rule); }
    td { white-space: nowrap; }
    td.words { white-space: normal; min-width: 12rem; max-width: 24rem; }
    thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; }
    th.number, td.number { text-align: right; }
    tbody th {
      font-weight: 500; position: sticky; left: 0; background: var(--paper); white-space: nowrap;
    }
    tbody th[scope="rowgroup"] { vertical-align: top; }
    td[rowspan] { vertical-align: top; }
    tbody tr:hover > * { background: var(--tint); }
    em { color: var(--faint); }
    th button {
      font: inherit; color: inherit; background: none; border: 0; padding: 0.2rem 0; margin: 0;
      cursor: pointer; text-align: inherit;
    }
    th button::after { content: " \\2195"; color: var(--faint); font-weight: 400; }
    th[aria-sort="ascending"] button::after { content: " \\25b2"; color: var(--link); }
    th[aria-sort="descending"] button::after { content: " \\25bc"; color: var(--link); }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    figure { margin: 0.75rem 0; overflow-x: auto; }
    figure svg { display: block; }
    details { margin: 0.5rem 0; border-left: 3px solid var(--rule); padding-left: 0.75rem; }
    summary { cursor: pointer; padding: 0.25rem 0; color: var(--link); overflow-wrap: anywhere; }
    pre {
      overflow-x: auto; background: var(--tint); padding: 0.75rem; font-size: 0.8rem;
      border-radius: 0.3em;
    }
    code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
    @media (max-width: 40rem) {
      th, td { padding: 0.25rem 0.45rem; }
      table { font-size: 0.82rem; }
      ul { padding-left: 1.2rem; }
      tbody th { white-space: normal; min-width: 6.5rem; max-width: 9.5rem; overflow-wrap: anywhere; }
      tbody th[colspan] { max-width: none; }
    }
    @media print {
      th button::after { content: ""; }
      .scroll, figure { overflow: visible; }
    }

    """

  private static let dark = """
    :root {
      --paper: #14171a; --ink: #e4e6e9; --faint: #a2a9b1; --rule: #353b42; --tint: #1f2429;
      --link: #7cb8f2; --mark: #ffc58f; --mark-paper: #40270f;
    }

    """
}
