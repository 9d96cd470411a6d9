import ArrayFiles
import CrossModalData
import Foundation

// usage: ReadFiles FOLDER FIRST COUNT
//        ReadFiles fault inside|outside
//
// Reads the files FIRST to COUNT − 1 of a folder, each as arrays and as a data set, and prints a line
// for each: its number, and whether it was `read` or `refused`. A test looks at how it ends. The
// second form ends as a library does that fails inside or outside of a read.
@main
enum ReadFiles {
  static func main() {
    let arguments = CommandLine.arguments
    if arguments.dropFirst().first == "fault" { fault(isInside: arguments.last == "inside") }
    guard arguments.count == 4, let first = Int(arguments[2]), let count = Int(arguments[3]) else {
      exit(2)
    }
    // Numbers of a damaged file must not decide how much memory is taken; 2 GiB hold everything.
    var limit = rlimit(rlim_cur: 2 << 30, rlim_max: 2 << 30)
    setrlimit(__rlimit_resource_t(UInt32(RLIMIT_AS.rawValue)), &limit)
    for number in first..<count {
      // A file that takes longer than this ends the process by SIGALRM.
      alarm(20)
      let path = "\(arguments[1])/\(number)"
      let verdict = readArrays(path) || readDataset(path) ? "read" : "refused"
      // Not `print`, which would keep lines back that a crash then loses.
      FileHandle.standardOutput.write(Data("\(number) \(verdict)\n".utf8))
    }
  }

  private static func fault(isInside: Bool) -> Never {
    FaultGuard.enter("some/file.h5")
    if !isInside { FaultGuard.leave() }
    abort()
  }

  /// Whether the file opens and any of its arrays can be read.
  private static func readArrays(_ path: String) -> Bool {
    guard let file = try? ArrayFiles.open(path: path) else { return false }
    return file.entries.count { entry in
      (try? file.read(entry.name)) != nil || (try? file.readText(entry.name)) != nil
    } > 0
  }

  /// Whether the file is a data set that can be trained on.
  private static func readDataset(_ path: String) -> Bool {
    guard let file = try? DatasetFile(path: path) else { return false }
    return (try? file.validate()) != nil
  }
}
