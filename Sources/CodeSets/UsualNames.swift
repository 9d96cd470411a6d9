/// The names under which codes and labels are usually kept.
///
/// Each is the plain long form of a role or was seen in released code, as what a program saves or
/// as the variables that are evaluated there:
/// - `q_img`, `q_txt`, `r_img`, `r_txt`, `q_l`, `r_l`: the `.mat` files of DCHMT and its
///   descendants, some with `queryLabel`, `retrievalLabel`;
/// - `qBX`, `qBY`, `rBX`, `rBY`, `query_L`, `retrieval_L`: DCMH and its ports to PyTorch;
/// - `qB_img`, `qB_txt`, `rB_img`, `rB_txt`: descendants of both;
/// - `qu_BI`, `qu_BT`, `re_BI`, `re_BT`, `qu_L`, `re_L`: DJSRH and its descendants;
/// - `query_B`, `val_B`, `retrieval_B` with `L_te`, `L_db`: the `.mat` files of multi-modal hashing;
/// - `BxTest`, `ByTest`, `BxTrain`, `ByTrain`, `B_te`, `B_tr`, `B_te_img`, `B_db_img`, `L_te`, `L_tr`,
///   `L_db`, `LTest`, `LTrain`: methods in MATLAB;
/// - `tst_binary`, `trn_binary`, `tst_label`, `trn_label`: DeepHash in PyTorch, behind a prefix;
/// - `testL`, `databaseL`, `trainL`: labels in the data files of many.
enum UsualNames {
  /// Names of a role.
  struct Names {
    /// Names of the queries, or of a set that is there to be searched.
    var own: [String]
    /// Names of training items, which are searched where nothing else is there for it.
    var training: [String] = []

    var all: [String] { own + training }
  }

  /// Names are case-sensitive: `rL` and `RL` may be two arrays of one file.
  static func names(of role: CodeRole) -> Names {
    let names = listed(role)
    let plain = [role.rawValue, role.rawValue.replacing("-", with: "_")]
    return Names(
      own: names.own + plain.filter { !names.own.contains($0) }, training: names.training)
  }

  private static func listed(_ role: CodeRole) -> Names {
    switch role {
    case .queryImage:
      Names(own: [
        "q_img", "query_img", "qBX", "qB_img", "qB_I", "qI", "qu_BI", "B_te_img", "BxTest",
      ])
    case .queryText:
      Names(own: [
        "q_txt", "query_txt", "qBY", "qB_txt", "qB_T", "qT", "qu_BT", "B_te_txt", "ByTest",
      ])
    case .retrievalImage:
      Names(
        own: ["r_img", "retrieval_img", "rBX", "rB_img", "rB_I", "rI", "re_BI", "B_db_img"],
        training: ["B_tr_img", "BxTrain"])
    case .retrievalText:
      Names(
        own: ["r_txt", "retrieval_txt", "rBY", "rB_txt", "rB_T", "rT", "re_BT", "B_db_txt"],
        training: ["B_tr_txt", "ByTrain"])
    case .queries:
      Names(own: [
        "qB", "query_B", "val_B", "B_te", "query", "queries", "query_codes", "tst_binary",
      ])
    case .retrieval:
      Names(
        own: [
          "rB", "retrieval_B", "B_db", "retrieval", "database", "retrieval_codes", "database_codes",
        ],
        training: ["B_tr", "trn_binary"])
    case .queryLabels:
      Names(
        own: [
          "q_l", "query_labels", "query_label", "queryLabel", "queryLabels", "qL", "qu_L", "L_te",
          "query_L", "queryL", "testL", "LTest", "tst_label",
        ])
    case .retrievalLabels:
      Names(
        own: [
          "r_l", "retrieval_labels", "retrieval_label", "retrievalLabel", "retrievalLabels", "rL",
          "re_L",
          "L_db", "retrieval_L", "retrievalL", "databaseL", "database_labels",
        ],
        training: ["L_tr", "trainL", "LTrain", "trn_label"])
    }
  }
}
