// One value a release and data set, in the order of Documentation/Splits.md, which says what each
// leaves open.

extension PublishedSplit {
  /// All published splits.
  public static let known: [PublishedSplit] =
    dcmhFamily + gcdhFamily + ucch + dadh + djsrh + clipFamily + [wiki]

  // MARK: - DCMH and DLFH

  private static let dcmhFamily = [
    PublishedSplit(
      name: "dcmh-mirflickr25k", dataset: "MIRFlickr-25K", itemCount: 20_015,
      rows: "FLICKR-25K.mat",
      source: "jiangqy/DCMH-CVPR2017, DCMH_matlab/DCMH_release/DCMH_demo.m, "
        + "gen_index_MIRFLICKR_25K; randperm is its first draw, so a fresh session gives this",
      evidence: .inferred,
      rule: .cut(.freshMATLAB, asking: .first, queryCount: 2000, trainingCount: 10_000)),
    PublishedSplit(
      name: "dlfh-mirflickr25k", dataset: "MIRFlickr-25K", itemCount: 20_015,
      rows: "the pictures by number",
      source: "jiangqy/DLFH-TIP2019, test and database rows of flickr-25k.mat, recovered; "
        + "matlab_version/DLFH_algo.m trains on the whole database",
      evidence: .measured,
      rule: .cut(.freshMATLAB, asking: .first, queryCount: 2000, trainingCount: 18_015)),
    PublishedSplit(
      name: "dcmh-rows-mirflickr25k", dataset: "MIRFlickr-25K", itemCount: 20_015,
      rows: "FLICKR-25K.mat",
      source: "jiangqy/DCMH-CVPR2017, DCMH_tensorflow/DCMH_tensorflow/DCMH_demo.py, split_data; "
        + "the same in WendellGul/DCMH, main.py",
      evidence: .read,
      rule: .cut(.rows, asking: .first, queryCount: 2000, trainingCount: 10_000)),
  ]

  // MARK: - GCDH and torchcmh

  private static let gcdhSource = "Zjut-MultimediaPlus/GCDH, config.py and datasets/dataset.py"
  private static let torchcmh = "WangGodder/deep-cross-modal-hashing, torchcmh/dataset"

  private static let gcdhFamily = [
    PublishedSplit(
      name: "gcdh-mirflickr25k", dataset: "MIRFlickr-25K", itemCount: 20_015,
      rows: "imgList.mat",
      source: "\(gcdhSource); the same in \(torchcmh)/mirflckr25k.py", evidence: .read,
      rule: .cut(.numPy(seed: 6), asking: .first, queryCount: 2000, trainingCount: 10_000)),
    PublishedSplit(
      name: "gcdh-nuswide-tc10", dataset: "NUS-WIDE, 10 concepts", itemCount: 186_577,
      rows: "data/NUS-WIDE-TC10/imgList.mat", source: gcdhSource, evidence: .read,
      rule: .cut(.numPy(seed: 7), asking: .first, queryCount: 2100, trainingCount: 10_500)),
    PublishedSplit(
      name: "gcdh-mscoco", dataset: "MS-COCO 2014", itemCount: 122_218,
      rows: "data/coco2014/imgList.mat",
      source: "\(gcdhSource); the same in \(torchcmh)/coco2014.py", evidence: .read,
      rule: .cut(.numPy(seed: 8), asking: .first, queryCount: 5000, trainingCount: 10_000)),
    PublishedSplit(
      name: "torchcmh-nuswide-tc21", dataset: "NUS-WIDE, 21 concepts", itemCount: 195_834,
      rows: "imgList21.mat",
      source: "\(torchcmh)/nus_wide.py; the number of rows is that of other releases",
      evidence: .inferred,
      rule: .cut(.numPy(seed: 7), asking: .first, queryCount: 2100, trainingCount: 10_500)),
    PublishedSplit(
      name: "torchcmh-iaprtc12", dataset: "IAPR TC-12", itemCount: 20_000, rows: "imgList.mat",
      source: "\(torchcmh)/tc12.py; the number of rows is that of the collection",
      evidence: .inferred,
      rule: .cut(.numPy(seed: 8), asking: .first, queryCount: 2000, trainingCount: 10_000)),
  ]

  // MARK: - UCCH

  private static let ucchSource = "penghu-cs/UCCH, src/cmdataset.py"

  private static let ucch = [
    PublishedSplit(
      name: "ucch-mirflickr25k", dataset: "MIRFlickr-25K", itemCount: 20_015,
      rows: "mirflickr25k-iall-vgg.mat", source: "\(ucchSource), MIRFlickr25K_fea",
      evidence: .read,
      rule: .cut(.rows, asking: .last, queryCount: 2000, trainingCount: 18_015)),
    PublishedSplit(
      name: "ucch-nuswide-tc10", dataset: "NUS-WIDE, 10 concepts", itemCount: 186_577,
      rows: "nus-wide-tc10-xall-vgg.mat", source: "\(ucchSource), NUSWIDE_fea", evidence: .read,
      rule: .cut(.rows, asking: .last, queryCount: 2100, trainingCount: 184_477)),
    PublishedSplit(
      name: "ucch-mscoco", dataset: "MS-COCO 2014", itemCount: 122_218,
      rows: "MSCOCO_deep_doc2vec_data_rand.h5py",
      source: "\(ucchSource), MSCOCO_fea; the number of rows is that of other releases",
      evidence: .inferred,
      rule: .cut(.rows, asking: .last, queryCount: 5000, trainingCount: 117_218)),
    PublishedSplit(
      name: "ucch-iaprtc12", dataset: "IAPR TC-12", itemCount: 20_000,
      rows: "iapr-tc12-rand.mat, database before test",
      source: "\(ucchSource), IAPR_fea; the number of rows is that of the collection",
      evidence: .inferred,
      rule: .cut(.rows, asking: .last, queryCount: 2000, trainingCount: 18_000)),
  ]

  // MARK: - DADH

  private static let dadh = [
    PublishedSplit(
      name: "dadh-mirflickr25k", dataset: "MIRFlickr-25K", itemCount: 20_015,
      rows: "FLICKR-25K.mat",
      source: "Zjut-MultimediaPlus/DADH, datasets/dataset.py; an earlier dataset.py asks with the "
        + "first rows, as dcmh-rows-mirflickr25k",
      evidence: .read,
      rule: .cut(.rows, asking: .last, queryCount: 2000, trainingCount: 10_000)),
    PublishedSplit(
      name: "dadh-nuswide-tc21", dataset: "NUS-WIDE, 21 concepts", itemCount: 195_834,
      rows: "NUS-WIDE-TC21.mat", source: "Zjut-MultimediaPlus/DADH, config.py and dataset.py",
      evidence: .read,
      rule: .cut(.rows, asking: .first, queryCount: 2100, trainingCount: 10_000)),
  ]

  // MARK: - DJSRH

  /// The release draws anew in every run; any seed is as good, and this one is the project's usual.
  private static let djsrhSeed: UInt32 = 1

  private static let djsrh = [
    PublishedSplit(
      name: "djsrh-mirflickr25k", dataset: "MIRFlickr-25K", itemCount: 20_015,
      rows: "mirflickr25k-lall.mat", source: "zs-zhong/DJSRH, datasets.py, MIRFlickr",
      evidence: .read,
      rule: .perClass(
        ClassQuotas(
          labelCount: 24, first: .init(query: 160, training: 400),
          others: .init(query: 80, training: 200), fillsTraining: true),
        seed: djsrhSeed)),
    PublishedSplit(
      name: "djsrh-nuswide-tc10", dataset: "NUS-WIDE, 10 concepts", itemCount: 186_577,
      rows: "nus-wide-tc10-lall.mat", source: "zs-zhong/DJSRH, datasets.py, NUSWIDE",
      evidence: .read,
      rule: .perClass(
        ClassQuotas(
          labelCount: 10, first: .init(query: 200, training: 500),
          others: .init(query: 200, training: 500), fillsTraining: false),
        seed: djsrhSeed)),
  ]

  // MARK: - DCHMT and MITH

  private static let dchmtSource =
    "kalenforn/DCHMT, utils/get_args.py; the draw is that of QinLab-WFU/"
    + "CLIP-based-Cross-Modal-Hashing, dataset/dataloader.py"
  private static let mithSource =
    "DarrenZZhang/MM23-MITH, load_data.py, run_MITH.sh and dataset/README.md"

  private static let clipFamily = [
    PublishedSplit(
      name: "dchmt-mirflickr25k", dataset: "MIRFlickr-25K, every labelled picture",
      itemCount: 24_581, rows: "index.mat", source: dchmtSource, evidence: .read,
      rule: .cut(.numPy(seed: 1814), asking: .first, queryCount: 5120, trainingCount: 10_240)),
    PublishedSplit(
      name: "dchmt-mscoco", dataset: "MS-COCO 2014", itemCount: 122_218, rows: "index.mat",
      source: dchmtSource, evidence: .read,
      rule: .cut(.numPy(seed: 1814), asking: .first, queryCount: 5120, trainingCount: 10_240)),
    PublishedSplit(
      name: "mith-mirflickr25k", dataset: "MIRFlickr-25K", itemCount: 20_015, rows: "index.mat",
      source: mithSource, evidence: .read,
      rule: .cut(.numPy(seed: 1), asking: .first, queryCount: 2000, trainingCount: 10_000)),
    PublishedSplit(
      name: "mith-nuswide-tc21", dataset: "NUS-WIDE, 21 concepts", itemCount: 190_421,
      rows: "index.mat", source: mithSource, evidence: .read,
      rule: .cut(.numPy(seed: 1), asking: .first, queryCount: 2100, trainingCount: 10_500)),
    PublishedSplit(
      name: "mith-mscoco", dataset: "MS-COCO 2014", itemCount: 122_218, rows: "index.mat",
      source: mithSource, evidence: .read,
      rule: .cut(.numPy(seed: 1), asking: .first, queryCount: 5000, trainingCount: 10_000)),
  ]

  // MARK: - Wiki

  private static let wiki = PublishedSplit(
    name: "wiki-official", dataset: "Wiki", itemCount: 2866,
    rows: "trainset_txt_img_cat.list, then testset_txt_img_cat.list",
    source: "Rasiwasia and others 2010, the lists that come with the data", evidence: .measured,
    rule: .cut(.rows, asking: .last, queryCount: 693, trainingCount: 2173))
}
