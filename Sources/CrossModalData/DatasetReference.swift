package import ArrayFiles
import Foundation

/// A data set as a manifest names it: which file holds it and where to get one.
public struct DatasetReference: Sendable, Codable, Hashable {
  /// Name in tables and records.
  public let name: String
  /// Name of the file in the data folder.
  public let fileName: String
  /// Full name.
  public let title: String
  /// What the items and the labels are, in one phrase.
  public let whatItIs: String
  /// Where the data come from; nil for files of the user's own.
  public let homePage: String?
  /// What `crossbit data import` is given to make the file of released ones; nil where it comes
  /// otherwise.
  public let importArguments: String?

  /// Creates a reference.
  public init(
    name: String, fileName: String, title: String, whatItIs: String, homePage: String? = nil,
    importArguments: String? = nil
  ) {
    self.name = name
    self.fileName = fileName
    self.title = title
    self.whatItIs = whatItIs
    self.homePage = homePage
    self.importArguments = importArguments
  }

  /// Refers to a file of the data folder by its name, with or without `.h5`.
  public static func file(_ name: String) -> DatasetReference {
    let base = Self.name(ofFileAt: name)
    return DatasetReference(
      name: base, fileName: name.hasSuffix(".h5") ? name : "\(name).h5", title: base,
      whatItIs: "a file of your own")
  }

  /// Path of the file, whether it is there or not.
  ///
  /// - Parameter dataFolder: The folder of the data files; an absolute `fileName` ignores it.
  /// - Returns: The path.
  package func path(in dataFolder: String) -> String {
    fileName.hasPrefix("/") ? fileName : "\(dataFolder)/\(fileName)"
  }

  /// The command that makes the file of released ones; nil where it comes otherwise.
  ///
  /// - Parameter dataFolder: The folder of the data files.
  /// - Returns: The command line.
  package func importCommand(into dataFolder: String) -> String? {
    importArguments.map { "crossbit data import --output \(path(in: dataFolder)) \($0)" }
  }

  /// Finds the file.
  ///
  /// - Parameter dataFolder: The folder of the data files; an absolute `fileName` ignores it.
  /// - Returns: Its path.
  /// - Throws: ``DatasetError`` when the file is not there; it says what the data set is, where it
  ///   comes from and where the file belongs.
  package func locate(in dataFolder: String) throws(DatasetError) -> String {
    let path = path(in: dataFolder)
    guard FileManager.default.fileExists(atPath: path) else {
      let source = homePage.map { ", from \($0)" } ?? ""
      let advice =
        importCommand(into: dataFolder).map {
          "of released files `\($0)` makes it, see Documentation/Data.md"
        } ?? "put it there in the form of Documentation/DataFormat.md"
      throw DatasetError(
        file: path, expected: "the data set \(title) (\(whatItIs)\(source))",
        found: "no file; \(advice)")
    }
    return path
  }

  /// The name of a file without folders and without `.h5`.
  static func name(ofFileAt path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(".h5") ? String(file.dropLast(3)) : file
  }
}

extension DatasetReference {
  /// Open Clip Art Library 0.18, which comes with this package.
  public static let openclipart = DatasetReference(
    name: "openclipart", fileName: "openclipart.h5", title: "Open Clip Art Library 0.18",
    whatItIs: "3,981 public-domain pictures with keywords and 39 labels",
    homePage: "https://openclipart.org/")

  /// The pairs from Wikipedia's featured articles (Rasiwasia and others 2010).
  public static let wiki = DatasetReference(
    name: "wiki", fileName: "wiki.h5", title: "Wiki",
    whatItIs: "2,866 pictures with sections of Wikipedia's featured articles and 10 classes",
    homePage: "http://www.svcl.ucsd.edu/projects/crossmodal/",
    importArguments:
      "--layout wiki raw_features.mat trainset_txt_img_cat.list testset_txt_img_cat.list")

  /// The first thousand pictures of MIRFlickr.
  public static let mirflickr1k = DatasetReference(
    name: "mirflickr1k", fileName: "mirflickr1k.h5", title: "MIRFlickr, first 1,000 pictures",
    whatItIs: "730 Flickr photographs with tags and 24 labels",
    homePage: "https://press.liacs.nl/mirflickr/")

  /// MIRFlickr-25K (Huiskes & Lew 2008).
  public static let mirflickr25k = DatasetReference(
    name: "mirflickr25k", fileName: "mirflickr25k.h5", title: "MIRFlickr-25K",
    whatItIs: "20,015 Flickr photographs with tags and 24 labels",
    homePage: "https://press.liacs.nl/mirflickr/",
    importArguments: "--layout ucch mirflickr25k-iall-vgg.mat mirflickr25k-yall.mat "
      + "mirflickr25k-lall.mat")

  /// NUS-WIDE (Chua and others 2009) with its 10 most frequent concepts.
  public static let nuswideTC10 = DatasetReference(
    name: "nuswide-tc10", fileName: "nuswide-tc10.h5", title: "NUS-WIDE TC-10",
    whatItIs: "186,577 Flickr photographs with tags and the 10 most frequent concepts",
    homePage: nuswidePage,
    importArguments: "--layout ucch nus-wide-tc10-xall-vgg.mat nus-wide-tc10-yall.mat "
      + "nus-wide-tc10-lall.mat")

  /// NUS-WIDE (Chua and others 2009) with its 21 most frequent concepts.
  public static let nuswideTC21 = DatasetReference(
    name: "nuswide-tc21", fileName: "nuswide-tc21.h5", title: "NUS-WIDE TC-21",
    whatItIs: "195,834 Flickr photographs with tags and the 21 most frequent concepts",
    homePage: nuswidePage, importArguments: "--layout dadh NUS-WIDE-TC21.mat")

  private static let nuswidePage =
    "https://lms.comp.nus.edu.sg/wp-content/uploads/2019/research/nuswide/NUS-WIDE.html"

  /// MS-COCO 2014 (Lin and others 2014).
  ///
  /// Its release has no picture features: `features.npy` holds them in the order of the names.
  public static let mscoco = DatasetReference(
    name: "mscoco", fileName: "mscoco.h5", title: "MS-COCO 2014",
    whatItIs: "122,218 photographs with captions and 80 object classes",
    homePage: "https://cocodataset.org/",
    importArguments: "--layout gcdh --image features.npy:features imgList.mat tagList.mat.zip "
      + "labelList.mat features.npy")

  /// IAPR TC-12 (Grubinger and others 2006) with the labels of SAIAPR.
  public static let iaprtc12 = DatasetReference(
    name: "iaprtc12", fileName: "iaprtc12.h5", title: "IAPR TC-12",
    whatItIs: "20,000 photographs with descriptions and 255 labels",
    homePage: "https://www.imageclef.org/photodata",
    importArguments: "--layout ucch iapr-tc12-rand.mat")

  /// The data sets above.
  package static let known = [
    openclipart, wiki, mirflickr1k, mirflickr25k, nuswideTC10, nuswideTC21, mscoco, iaprtc12,
  ]
}
