/// One cell of a table that a paper prints, with where and how it was read.
public struct ReportedNumber: Sendable, Codable, Hashable {
  /// The table it stands in.
  public var table: ReportedTable
  /// The data set in the paper's spelling, such as `FLICKR-25K`.
  public var dataset: String
  /// Sizes, features and split of the paper in words.
  public var protocolText: String
  /// The measure in the paper's spelling: `mAP@all` or `MAP`, both over the whole ranked list.
  public var measure: String
  /// `I2T` or `T2I`, the raw value of a retrieval task.
  public var task: String
  /// The method in the paper's spelling, such as `DBRC-L`.
  public var method: String
  /// Code length K.
  public var bits: Int
  /// The number, in 0 … 1.
  public var value: Double
  /// How it was read: `[text]` from the paper's text or page, with remarks on doubtful cells.
  public var evidence: String

  /// Short name of the paper.
  public var paper: String { table.paper }
}

extension ReportedNumber {
  /// Whether the paper encoded the retrieval set from pairs of picture and text.
  ///
  /// The DBRC papers do so for their own method, so that a database item's code has seen the query's
  /// modality; their baselines and the DCMH paper encode it from the answering modality alone.
  public var usesJointDatabaseCodes: Bool {
    paper.hasPrefix("DBRC") && method.hasPrefix("DBRC")
  }
}
