import Foundation

extension String {
  /// The text as LaTeX prints it with `pdflatex` and its usual fonts, whatever the letters are.
  ///
  /// Accented letters become accents, as not every encoding of fonts has them. A character that
  /// the usual fonts lack is named by its code point, `[U+4E2D]`, because it would end the run.
  var latexEscaped: String {
    var text = ""
    var previous: Character?
    for character in self {
      // Two hyphens would join to a dash, two apostrophes to a quote.
      if character == previous, character == "-" || character == "'" { text += "{}" }
      text += Self.latex(character)
      previous = character
    }
    return text
  }

  private static func latex(_ character: Character) -> String {
    let scalars = Array(character.unicodeScalars)
    // Before it is decomposed: ≠ is canonically an = with a stroke.
    if scalars.count == 1, let text = latexCharacters[scalars[0]] { return text }
    if character == "\r\n" { return " " }
    let parts = Array(String(character).decomposedStringWithCanonicalMapping.unicodeScalars)
    // Accents stand behind their letter in Unicode and before it in LaTeX.
    return parts.dropFirst().reduce(latexText(parts[0])) { letter, mark in
      guard let accent = latexAccents[mark] else { return letter + codePoint(mark) }
      let isDotted = letter == "i" || letter == "j"
      return "\\\(accent){\(isDotted ? "\\\(letter)" : letter)}"
    }
  }

  private static func latexText(_ scalar: Unicode.Scalar) -> String {
    if let text = latexCharacters[scalar] { return text }
    switch scalar.value {
    case 0x20..<0x7F: return String(scalar)
    case 0x09, 0x0A, 0x0D, 0xA0: return " "
    default: return codePoint(scalar)
    }
  }

  private static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "{[}U+\(String(repeating: "0", count: Swift.max(0, 4 - digits.count)))\(digits){]}"
  }
}

/// What LaTeX writes in another way.
///
/// An opening bracket behind the end of a row would be read as
/// its spacing, and a backquote may join with what stands before it.
private let latexCharacters: [Unicode.Scalar: String] = [
  "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#",
  "%": "\\%", "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}",
  "<": "$<$", ">": "$>$", "|": "$|$", "\"": "''", "`": "{}`",
  "[": "{[}", "]": "{]}",
  "→": "$\\rightarrow$", "←": "$\\leftarrow$", "↔": "$\\leftrightarrow$", "±": "$\\pm$",
  "†": "\\dag{}", "‡": "\\ddag{}", "·": "$\\cdot$", "×": "$\\times$", "÷": "$\\div$",
  "−": "$-$", "≤": "$\\le$", "≥": "$\\ge$", "≠": "$\\ne$", "≈": "$\\approx$", "∞": "$\\infty$",
  "√": "$\\surd$", "°": "$^\\circ$", "µ": "$\\mu$", "⟨": "$\\langle$", "⟩": "$\\rangle$",
  "¹": "\\textsuperscript{1}", "²": "\\textsuperscript{2}", "³": "\\textsuperscript{3}",
  "–": "--", "—": "---", "…": "\\ldots{}", "“": "``", "”": "''", "„": ",,", "‘": "`", "’": "'",
  "§": "\\S{}", "©": "\\copyright{}", "ß": "\\ss{}", "æ": "\\ae{}", "Æ": "\\AE{}",
  "œ": "\\oe{}", "Œ": "\\OE{}", "ø": "\\o{}", "Ø": "\\O{}", "ł": "\\l{}", "Ł": "\\L{}",
  "ı": "\\i{}", "¿": "?`", "¡": "!`",
  "α": "$\\alpha$", "β": "$\\beta$", "γ": "$\\gamma$", "δ": "$\\delta$", "ε": "$\\varepsilon$",
  "ζ": "$\\zeta$", "η": "$\\eta$", "θ": "$\\theta$", "κ": "$\\kappa$", "λ": "$\\lambda$",
  "μ": "$\\mu$", "ν": "$\\nu$", "ξ": "$\\xi$", "π": "$\\pi$", "ρ": "$\\rho$", "σ": "$\\sigma$",
  "τ": "$\\tau$", "φ": "$\\varphi$", "χ": "$\\chi$", "ψ": "$\\psi$", "ω": "$\\omega$",
  "Γ": "$\\Gamma$", "Δ": "$\\Delta$", "Θ": "$\\Theta$", "Λ": "$\\Lambda$", "Σ": "$\\Sigma$",
  "Φ": "$\\Phi$", "Ψ": "$\\Psi$", "Ω": "$\\Omega$",
]

/// The accents that LaTeX sets in every encoding of fonts, by their combining mark.
private let latexAccents: [Unicode.Scalar: String] = [
  "\u{300}": "`", "\u{301}": "'", "\u{302}": "^", "\u{303}": "~", "\u{304}": "=", "\u{306}": "u",
  "\u{307}": ".", "\u{308}": "\"", "\u{30A}": "r", "\u{30B}": "H", "\u{30C}": "v",
  "\u{323}": "d", "\u{327}": "c", "\u{331}": "b",
]

extension PrintedText {
  /// The cell in LaTeX.
  var latex: String {
    runs.map { run in
      let text = run.text.latexEscaped
      return switch run.emphasis {
      case .best: "\\textbf{\(text)}"
      case .second: "\\underline{\(text)}"
      case .reference: "\\textit{\(text)}"
      case nil: text
      }
    }.joined()
  }
}
