/// The script of a page, which sorts tables; without it the page is complete, but stays as it is.
///
/// It has no `<` and no `&`, so that the page remains well-formed XML.
enum PageScript {
  /// The script itself.
  ///
  /// A header becomes a button: first click greatest number or first word first, second click the
  /// other way round, third click back. What is no number stays below; reference points stay apart.
  static let text = """
    "use strict";
    for (const table of document.querySelectorAll("table.sortable")) {
      const bodies = Array.from(table.tBodies, body => ({body, rows: Array.from(body.rows)}));
      const headers = Array.from(table.tHead.rows[0].cells);
      headers.forEach((header, column) => {
        const isNumber = header.classList.contains("number");
        const orders = isNumber ? ["descending", "ascending"] : ["ascending", "descending"];
        const button = document.createElement("button");
        button.type = "button";
        button.append(...header.childNodes);
        header.append(button);
        const value = row => {
          const text = row.cells[column].textContent.trim();
          if (!isNumber) return text;
          const number = parseFloat(text.replace("\\u2212", "-").replace(",", ""));
          return Number.isNaN(number) ? null : number;
        };
        const compare = (first, second, sign) => {
          const a = value(first), b = value(second);
          if (a === null) return b === null ? 0 : 1;
          if (b === null) return -1;
          return sign * (isNumber ? a - b : a.localeCompare(b, "en", {numeric: true}));
        };
        button.addEventListener("click", () => {
          const order = orders[orders.indexOf(header.getAttribute("aria-sort")) + 1];
          for (const other of headers) other.removeAttribute("aria-sort");
          if (order) header.setAttribute("aria-sort", order);
          for (const {body, rows} of bodies) {
            const sorted = rows.slice();
            if (order) sorted.sort((a, b) => compare(a, b, order === "ascending" ? 1 : -1));
            body.append(...sorted);
          }
        });
      });
    }

    """
}
