import Foundation

/// The streams that people read.
enum Console {
  /// Prints to the standard error stream, with a line break.
  static func complain(_ text: String) {
    writeError(text.withoutControlCharacters + "\n")
  }

  /// Prints to the standard error stream as it is, in one piece.
  static func writeError(_ text: String) {
    // Nobody is left to be told when the error stream is gone.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }

  /// Prints a line to the standard output stream at once, also into a pipe.
  static func report(_ line: String) throws {
    try FileHandle.standardOutput.write(
      contentsOf: Data((line.withoutControlCharacters + "\n").utf8))
  }

  /// Whether the standard error stream is a terminal that can be drawn over.
  static var errorIsTerminal: Bool {
    isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Columns of the terminal at the standard error stream; 80 where it does not say.
  static var errorColumns: Int {
    var size = winsize()
    let known = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return known ? Int(size.ws_col) : 80
  }
}

extension String {
  /// The text with U+FFFD in place of every control character but line breaks and tabs.
  ///
  /// Names of labels and arrays come from files of other people. An escape sequence in one of them
  /// could move the cursor, rename the window or hide a warning.
  var withoutControlCharacters: String {
    func isControl(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
    }
    guard unicodeScalars.contains(where: isControl) else { return self }
    var text = UnicodeScalarView()
    text.append(contentsOf: unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 })
    return String(text)
  }
}
