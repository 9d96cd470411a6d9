/// What an array of a released file is for.
package enum ImportRole: String, Sendable, Hashable, CaseIterable {
  /// Picture features.
  case image
  /// Text features.
  case text
  /// Labels: 0 and 1 for each label, or one class an item.
  case label
  /// Names of the pictures, or their paths.
  case name
  /// Texts in words, of which a bag of words is made.
  case caption
}

/// The items of a released file that stand in arrays of their own.
package enum ImportPart: String, Sendable, Hashable, CaseIterable {
  /// All items in one array.
  case all
  /// Items to train on.
  case training
  /// Items that are searched.
  case retrieval
  /// Items that ask.
  case query
}

/// Where a layout finds an array: its name and, for lists, a word in the file's name.
package struct ImportKey: Sendable, Hashable {
  /// Name of the array.
  package let name: String
  /// What the file's name holds; nil where any file will do.
  package let fileWord: String?
}

extension ImportKey: ExpressibleByStringLiteral {
  /// An array of this name in any file.
  package init(stringLiteral name: String) { self.init(name: name, fileWord: nil) }

  /// An array of a file whose name holds a word.
  static func of(_ fileWord: String, _ name: String) -> Self {
    Self(name: name, fileWord: fileWord)
  }
}

/// How the authors of some programs lay out their data files.
package struct ImportLayout: Sendable {
  /// Names of the arrays of each part; of several, the first that is there counts.
  package typealias Form = [ImportPart: [ImportRole: [ImportKey]]]

  /// Name on the command line.
  package let name: String
  /// Whose files these are.
  package let origin: String
  /// The forms in which such files are seen; the one with the most arrays counts.
  package let forms: [Form]
  /// What a user should know: the split that belongs to it, traps.
  package let note: String

  /// The layout of a name; nil when there is none.
  package static func named(_ name: String) -> ImportLayout? { all.first { $0.name == name } }

  private static func whole(
    image: [ImportKey], text: [ImportKey], label: [ImportKey], name: [ImportKey] = [],
    caption: [ImportKey] = []
  ) -> Form {
    [.all: [.image: image, .text: text, .label: label, .name: name, .caption: caption]]
  }

  private static let allParts: Form = whole(
    image: ["XAll", "IAll", "images"], text: ["YAll"], label: ["LAll"], name: ["FAll"])
  private static let testAndDatabase: Form = [
    .retrieval: [
      .image: ["VDatabase", "XDatabase"], .text: ["YDatabase"], .label: ["databaseL"],
    ],
    .query: [.image: ["VTest", "XTest"], .text: ["YTest"], .label: ["testL"]],
  ]

  /// All layouts that are known by name.
  ///
  /// Sources: the loaders of the named programs, read; the files themselves for `gcdh` (MS-COCO and
  /// NUS-WIDE), `wiki` and `lists`.
  package static let all: [ImportLayout] = [
    ImportLayout(
      name: "dcmh", origin: "DCMH, FLICKR-25K.mat (jiangqy; also WendellGul, AGAH)",
      forms: [whole(image: ["images"], text: ["YAll"], label: ["LAll"], name: ["FAll"])],
      note: "images are pixels, of which features must be made first: import with --partial, or "
        + "give features with --image; split dcmh-mirflickr25k"),
    ImportLayout(
      name: "djsrh", origin: "DJSRH, JDSH: …-iall.mat, -yall.mat, -lall.mat, -fall.mat",
      forms: [allParts],
      note: "IAll are pixels, of which features must be made first: import with --partial, or "
        + "give features with --image"),
    ImportLayout(
      name: "ucch",
      origin: "UCCH: …-vgg.mat beside -yall.mat and -lall.mat, MSCOCO_….h5py, iapr-tc12-rand.mat",
      forms: [allParts, testAndDatabase], note: "the last rows ask"),
    ImportLayout(
      name: "dlfh", origin: "DLFH, ASCSH: flickr-25k.mat, iapr-tc12.mat, nus-wide.mat",
      forms: [testAndDatabase],
      note: "VDatabase holds CNN features and is taken; --image retrieval=XDatabase and --image "
        + "query=XTest take the hand-crafted ones"),
    ImportLayout(
      name: "dadh", origin: "DADH: FLICKR-25K.mat, NUS-WIDE-TC21.mat",
      forms: [
        whole(image: ["images"], text: ["YAll"], label: ["LAll"], name: ["FAll"]),
        whole(image: ["image"], text: ["text"], label: ["label"]),
      ], note: "first and last rows ask"),
    ImportLayout(
      name: "gcdh", origin: "torchcmh, GCDH: imgList.mat, tagList.mat, labelList.mat",
      forms: [
        whole(
          image: ["XAll", "features"], text: ["tags", "YAll"], label: ["labels", "LAll"],
          name: ["imgs", "FAll"])
      ], note: "the files hold no picture features; splits gcdh-…"),
    ImportLayout(
      name: "toolbox", origin: "BMC-SDNU toolboxes: mir_cnn.mat, nus_cnn.mat, coco_cnn.mat",
      forms: [
        [
          .training: [.image: ["I_tr"], .text: ["T_tr"], .label: ["L_tr"]],
          .retrieval: [.image: ["I_db"], .text: ["T_db"], .label: ["L_db"]],
          .query: [.image: ["I_te"], .text: ["T_te"], .label: ["L_te"]],
        ]
      ], note: "the split is in the file"),
    ImportLayout(
      name: "fcmh", origin: "FCMH, LEMON, BATCH, HSCH: MIRFLICKR.mat, IAPRTC-12.mat, NUSWIDE10.mat",
      forms: [
        [
          .training: [.image: ["V_tr", "I_tr"], .text: ["T_tr"], .label: ["L_tr"]],
          .query: [.image: ["V_te", "I_te"], .text: ["T_te"], .label: ["L_te"]],
        ]
      ], note: "V_ holds CNN features where it is there; the training items are searched"),
    ImportLayout(
      name: "dchmt", origin: "DCHMT, DSPH, QinLab: caption.mat, index.mat, label.mat",
      forms: [
        whole(
          image: ["features"], text: [], label: ["category", "label"], name: ["index"],
          caption: ["caption"])
      ], note: "a bag of words is made of the captions; the files hold no picture features"),
    ImportLayout(
      name: "mith", origin: "MITH: caption.mat, index.mat, label.mat",
      forms: [
        whole(
          image: ["features"], text: [], label: ["label", "category"], name: ["index"],
          caption: ["caption"])
      ], note: "a bag of words is made of the captions; the files hold no picture features"),
    ImportLayout(
      name: "wiki",
      origin:
        "Wiki (Rasiwasia et al.): raw_features.mat and two lists, wiki_data.mat (SCRATCH), or "
        + "the variants with L_tr and L_te (RFDH, MTFH)",
      forms: [
        [
          .training: [
            .image: ["I_tr"], .text: ["T_tr"], .label: ["L_tr", .of("train", "classes")],
            .name: [.of("train", "names")],
          ],
          .query: [
            .image: ["I_te"], .text: ["T_te"], .label: ["L_te", .of("test", "classes")],
            .name: [.of("test", "names")],
          ],
        ]
      ], note: "the split is in the files; the training items are searched"),
    ImportLayout(
      name: "lists", origin: "DeepHash, HashNet: database.txt, train.txt, test.txt",
      forms: [
        [
          .training: [.name: [.of("train", "names")], .label: [.of("train", "labels")]],
          .retrieval: [.name: [.of("database", "names")], .label: [.of("database", "labels")]],
          .query: [.name: [.of("test", "names")], .label: [.of("test", "labels")]],
        ]
      ], note: "names and labels only"),
  ]
}
