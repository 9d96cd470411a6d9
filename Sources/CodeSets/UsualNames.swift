/// The names under which codes and labels are usually kept.
///
/// Each was seen in released code or is the plain long form of a role:
/// - `q_img`, `q_txt`, `r_img`, `r_txt`, `q_l`, `r_l`: the `.mat` files of DCHMT and its descendants,
///   some with `queryLabel`, `retrievalLabel`;
/// - `qBX`, `qBY`, `rBX`, `rBY`, `query_L`, `retrieval_L`: DCMH and its ports to PyTorch;
/// - `qB_img`, `qB_txt`, `rB_img`, `rB_txt`: variables of the same family;
/// - `qI`, `qT`, `rI`, `rT`, `qL`, `rL`: short forms of them;
/// - `BxTest`, `ByTest`, `BxTrain`, `ByTrain`, `LTest`, `LTrain`: BMC-SDNU's collection in MATLAB;
/// - `B_te_img`, `B_tr`, `B_db`, `L_te`, `L_tr`, `L_db`: shallow methods in MATLAB;
/// - `tst_binary`, `trn_binary`, `tst_label`, `trn_label`: DeepHash-pytorch;
/// - `testL`, `databaseL`, `trainL`: the data files of BMC-SDNU and of many others.
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
      Names(own: ["q_img", "query_img", "qBX", "qB_img", "qB_I", "qI", "B_te_img", "BxTest"])
    case .queryText:
      Names(own: ["q_txt", "query_txt", "qBY", "qB_txt", "qB_T", "qT", "B_te_txt", "ByTest"])
    case .retrievalImage:
      Names(
        own: ["r_img", "retrieval_img", "rBX", "rB_img", "rB_I", "rI", "B_db_img"],
        training: ["B_tr_img", "BxTrain"])
    case .retrievalText:
      Names(
        own: ["r_txt", "retrieval_txt", "rBY", "rB_txt", "rB_T", "rT", "B_db_txt"],
        training: ["B_tr_txt", "ByTrain"])
    case .queries:
      Names(own: ["qB", "B_te", "query", "queries", "query_codes", "tst_binary"])
    case .retrieval:
      Names(
        own: ["rB", "B_db", "retrieval", "database", "retrieval_codes", "database_codes"],
        training: ["B_tr", "trn_binary"])
    case .queryLabels:
      Names(
        own: [
          "q_l", "query_labels", "query_label", "queryLabel", "queryLabels", "qL", "L_te",
          "query_L", "queryL", "testL", "LTest", "tst_label",
        ])
    case .retrievalLabels:
      Names(
        own: [
          "r_l", "retrieval_labels", "retrieval_label", "retrievalLabel", "retrievalLabels", "rL",
          "L_db", "retrieval_L", "retrievalL", "databaseL", "database_labels",
        ],
        training: ["L_tr", "trainL", "LTrain", "trn_label"])
    }
  }
}
