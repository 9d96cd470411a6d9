/// Which epoch's networks a trial keeps; the query set has no say in it.
public enum EpochSelection: Sendable, Codable, Hashable {
  /// The last epoch.
  case last
  /// The best epoch on a part of the *training* rows that is held out of training: their codes
  /// ask, the other training rows' codes are searched, and the mean of both tasks' expected
  /// mAP@all decides.
  case bestOnValidation(share: Double, every: Int)
}
