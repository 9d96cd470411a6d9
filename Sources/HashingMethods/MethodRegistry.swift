/// Every method that a manifest can name; `crossbit list` prints it.
///
/// A new method adds a line.
public let registeredMethods: [MethodVariant] = [
  .dbrh(.linear), .dbrh(.nonlinear), .dbrh(.short),
  .dcmh(.matlab), .dcmh(.tf), .dcmh(.short), .dcmh(.tuned),
  .dsmhn(.full), .dsmhn(.journal), .dsmhn(.short),
  .mdsan(.full), .mdsan(.batch), .mdsan(.singleLevel), .mdsan(.short),
  .rmsh(.full), .rmsh(.triplets), .rmsh(.short), .rmsh(.tuned),
  .sdeh(.full), .sdeh(.binarySimilarity), .sdeh(.short),
  .randomProjection(),
  .pcaHashing(),
  .itq(.ownModality), .itq(.canonical),
  .cca(),
  .cvh(),
  .linearClassifier(.labelSet), .linearClassifier(.strongestLabel), .linearClassifier(.scores),
  .scm(),
  .cmfh(),
  .lssh(.unified), .lssh(.short),
]
