/// A table of a paper whose numbers Crossbit carries.
///
/// One cell of a comparison can stand in two tables with two values: DBRC-N on FLICKR-25K, I→T at 64
/// bits, is 0.5954 in Table I and 0.5854 in Table II of the same paper. A number is therefore always
/// asked for by its table, never by its paper alone.
public enum ReportedTable: String, Sendable, Codable, CaseIterable, Hashable {
  /// DBRC (now called DBRC-L) and six baselines on Wiki, FLICKR-25K and NUS-WIDE, 16 to 128 bits.
  case dbrcACMMM2017Table1 = "DBRC-ACMMM2017 Table 1"
  /// Ablation of DBRC on Wiki, 8 to 96 bits; `DBRC-N(no regulariser)` here is not the later DBRC-N.
  case dbrcACMMM2017Table2 = "DBRC-ACMMM2017 Table 2"
  /// Ablation of DBRC-L and DBRC-N on Wiki and FLICKR-25K, 8 to 96 bits.
  case dbrcTMM2019TableI = "DBRC-TMM2019 Table I"
  /// DBRC-L, DBRC-N and six baselines on Wiki, FLICKR-25K and NUS-WIDE, 16 to 128 bits.
  case dbrcTMM2019TableII = "DBRC-TMM2019 Table II"
  /// DCMH on raw pictures against five baselines on hand-crafted features, 16 to 64 bits.
  case dcmhCVPR2017Table3 = "DCMH-CVPR2017 Table 3"
  /// DCMH against five baselines on CNN-F features, 16 to 64 bits; 94 of the 108 cells were readable.
  case dcmhCVPR2017Table4 = "DCMH-CVPR2017 Table 4"

  /// Short name of the paper, such as `DBRC-TMM2019`.
  public var paper: String {
    switch self {
    case .dbrcACMMM2017Table1, .dbrcACMMM2017Table2: "DBRC-ACMMM2017"
    case .dbrcTMM2019TableI, .dbrcTMM2019TableII: "DBRC-TMM2019"
    case .dcmhCVPR2017Table3, .dcmhCVPR2017Table4: "DCMH-CVPR2017"
    }
  }

  /// Authors, title and place of the paper.
  public var citation: String {
    switch self {
    case .dbrcACMMM2017Table1, .dbrcACMMM2017Table2:
      "Li, Hu & Nie: Deep Binary Reconstruction for Cross-modal Hashing. ACM Multimedia 2017."
    case .dbrcTMM2019TableI, .dbrcTMM2019TableII:
      "Hu, Nie & Li: Deep Binary Reconstruction for Cross-modal Hashing. IEEE Transactions on "
        + "Multimedia 2019."
    case .dcmhCVPR2017Table3, .dcmhCVPR2017Table4:
      "Jiang & Li: Deep Cross-Modal Hashing. CVPR 2017."
    }
  }

  /// The table's rows as CSV with a header line.
  var csv: String {
    switch self {
    case .dbrcACMMM2017Table1: Self.dbrcACMMM2017Table1CSV
    case .dbrcACMMM2017Table2: Self.dbrcACMMM2017Table2CSV
    case .dbrcTMM2019TableI: Self.dbrcTMM2019TableICSV
    case .dbrcTMM2019TableII: Self.dbrcTMM2019TableIICSV
    case .dcmhCVPR2017Table3: Self.dcmhCVPR2017Table3CSV
    case .dcmhCVPR2017Table4: Self.dcmhCVPR2017Table4CSV
    }
  }
}
