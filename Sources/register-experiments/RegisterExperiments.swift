import Glibc

// usage: register-experiments OUTPUT FILE...
//
// Collects every top-level `let name = Experiment(` of the files and writes the program's entry
// point, which hands them to the command line. No Foundation, so that the tool builds and starts
// fast: it runs at every change of an experiment.
@main
enum RegisterExperiments {
  static func main() {
    var names: [String] = []
    var failed = false
    // The order of the files is the order of `crossbit list`, whatever the file system says.
    for path in CommandLine.arguments.dropFirst(2).sorted() {
      guard let text = read(path) else {
        print("\(path):1:1: error: cannot be read: \(String(cString: strerror(errno)))")
        failed = true
        continue
      }
      let found = ExperimentScan(text).names
      if found.isEmpty {
        print(
          "\(path):1:1: error: no experiment in this file: a top-level "
            + "'let name = Experiment(…) { … }' is expected")
        failed = true
      }
      names += found
    }
    guard !failed, let output = CommandLine.arguments.dropFirst().first else { exit(1) }
    guard write(entryPoint(naming: names), to: output) else {
      print("\(output):1:1: error: cannot be written: \(String(cString: strerror(errno)))")
      exit(1)
    }
  }

  private static func entryPoint(naming names: [String]) -> String {
    """
    import Crossbit
    import CrossbitCommandLine

    @main
    enum Program {
      static func main() async {
        await CrossbitCommand.main(experiments: [
          \(names.joined(separator: ",\n      "))
        ])
      }
    }

    """
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes += buffer.prefix(count)
    }
    return ferror(file) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }

  private static func write(_ text: String, to path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    let written = fputs(text, file) >= 0
    return fclose(file) == 0 && written
  }
}
