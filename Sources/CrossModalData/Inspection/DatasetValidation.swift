package import ArrayFiles

/// Everything that is wrong with a data file or worth knowing about it, found in one go.
///
/// ``refusals`` is empty exactly when training can use the file, or could if a partial file were
/// completed: both come from the same checks.
package struct DatasetValidation: Sendable, Hashable {
  /// Path of the file.
  package let path: String
  /// What breaks the format, one sentence each, with counts and the first offender.
  package let refusals: [DatasetError]
  /// What is allowed but worth knowing.
  package let warnings: [DatasetWarning]

  /// Checks a file, with one pass over each feature dataset.
  ///
  /// - Throws: ``DatasetError`` when the file cannot be opened: absent, not HDF5, truncated, or
  ///   without any dataset of the format.
  package init(ofFileAt path: String) throws {
    var faults = FaultList(stopsAtFirst: false)
    let file = try DatasetFile(path: path, faults: &faults)
    let scan = try DatasetScan(file)
    var refusals = faults.faults + scan.faults
    var warnings = file.missing.map {
      DatasetWarning($0, "missing; a partial file cannot be trained on")
    }
    warnings += scan.warnings(of: file)
    for name in file.splitNames {
      guard let group = file.splitGroups[name] else { continue }
      do throws(PartFaults) {
        let split = try file.checkedSplit(named: name, in: group)
        if split.training == nil {
          warnings.append(
            DatasetWarning(
              "\(group)/train_idx", "missing; an experiment cannot name this split to train on"))
        }
        warnings += scan.warnings(of: split, in: file)
      } catch {
        refusals += error.all
      }
    }
    warnings += file.ignored.map { DatasetWarning($0, "ignored; not part of the format") }
    self.path = path
    self.refusals = refusals
    self.warnings = warnings
  }

  /// The findings as lines for a terminal; the last one counts them.
  package var lines: [String] {
    refusals.map { fault in
      "refused  \(fault.dataset ?? path): expected \(fault.expected), found \(fault.found)"
    } + warnings.map { "warning  \($0.sentence)" } + ["\(path): \(verdict)"]
  }

  private var verdict: String {
    func count(_ number: Int, _ noun: String) -> String {
      "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
    return (refusals.isEmpty ? "nothing to refuse" : count(refusals.count, "refusal")) + ", "
      + (warnings.isEmpty ? "no warnings" : count(warnings.count, "warning"))
  }
}
