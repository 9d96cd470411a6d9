import Crossbit

let wikiDBRHAblations = Experiment(
  "wiki-dbrh-ablations",
  summary: "DBRC without its regulariser (P) and without learned scales (C) (TMM 2019, Table I)"
) {
  Dataset(.wiki)
  for base in [DBRH.Configuration.linear, .nonlinear] {
    Method(.dbrh(base))
    Method(.dbrh(base.withoutRegulariser))
    Method(.dbrh(base.withContinuation))
  }
  CodeLengths(8, 16, 48, 64, 96)
  Seeds(1...3)
  EncodeDatabase(.joint)
  CompareWith(.reported(.dbrcTMM2019TableI, dataset: "Wiki"))
}
