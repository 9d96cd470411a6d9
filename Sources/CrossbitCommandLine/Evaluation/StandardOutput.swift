import Foundation

/// The standard output stream for results that a script reads.
enum StandardOutput {
  /// The stream could not take all of a result.
  struct Failure: Error, CustomStringConvertible {
    /// The system's error number.
    let code: Int32

    var description: String {
      "The result cannot be written to the standard output: \(String(cString: strerror(code)))."
    }
  }

  /// Writes a text, of which no control character but line breaks and tabs reaches a terminal.
  ///
  /// - Throws: ``Failure`` when the stream is closed or what takes it is full.
  static func write(_ text: String) throws(Failure) {
    // A reader that goes away is to give a sentence, not to end the process.
    signal(SIGPIPE, SIG_IGN)
    var rest = Array(text.withoutControlCharacters.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw Failure(code: errno) }
      rest = rest.dropFirst(count)
    }
  }
}
