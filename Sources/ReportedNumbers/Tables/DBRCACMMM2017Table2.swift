extension ReportedTable {
  /// Table 2 of Li, Hu and Nie 2017: ablation of DBRC on Wiki.
  static let dbrcACMMM2017Table2CSV = #"""
    paper,dataset,protocol,metric,task,method,bits,value,evidence
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,I2T,DBRC-C(fixed alpha continuation),8,0.2219,[text] Table2
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,I2T,DBRC-C(fixed alpha continuation),16,0.2199,[text] Table2
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,I2T,DBRC-C(fixed alpha continuation),48,0.2234,[text] Table2
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,I2T,DBRC-C(fixed alpha continuation),64,0.2379,[text] Table2
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,I2T,DBRC-C(fixed alpha continuation),96,0.2483,[text] Table2
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,I2T,DBRC-N(no regulariser),8,0.2308,[text] Table2
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,I2T,DBRC-N(no regulariser),16,0.2500,[text] Table2
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,I2T,DBRC-N(no regulariser),48,0.2616,[text] Table2
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,I2T,DBRC-N(no regulariser),64,0.2565,[text] Table2
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,I2T,DBRC-N(no regulariser),96,0.2632,[text] Table2
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,I2T,DBRC,8,0.2327,[text] Table2
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,I2T,DBRC,16,0.2534,[text] Table2
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,I2T,DBRC,48,0.2674,[text] Table2
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,I2T,DBRC,64,0.2686,[text] Table2
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,I2T,DBRC,96,0.2736,[text] Table2
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,T2I,DBRC-C(fixed alpha continuation),8,0.4342,"[text] Table2; second block is printed I2T, taken as T2I"
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,T2I,DBRC-C(fixed alpha continuation),16,0.5165,"[text] Table2; second block is printed I2T, taken as T2I"
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,T2I,DBRC-C(fixed alpha continuation),48,0.5419,"[text] Table2; second block is printed I2T, taken as T2I"
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,T2I,DBRC-C(fixed alpha continuation),64,0.5351,"[text] Table2; second block is printed I2T, taken as T2I"
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,T2I,DBRC-C(fixed alpha continuation),96,0.5424,"[text] Table2; second block is printed I2T, taken as T2I"
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,T2I,DBRC-N(no regulariser),8,0.4650,"[text] Table2; second block is printed I2T, taken as T2I"
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,T2I,DBRC-N(no regulariser),16,0.5382,"[text] Table2; second block is printed I2T, taken as T2I"
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,T2I,DBRC-N(no regulariser),48,0.5508,"[text] Table2; second block is printed I2T, taken as T2I"
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,T2I,DBRC-N(no regulariser),64,0.5336,"[text] Table2; second block is printed I2T, taken as T2I"
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,T2I,DBRC-N(no regulariser),96,0.5469,"[text] Table2; second block is printed I2T, taken as T2I"
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,T2I,DBRC,8,0.4868,"[text] Table2; second block is printed I2T, taken as T2I"
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,T2I,DBRC,16,0.5439,"[text] Table2; second block is printed I2T, taken as T2I"
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,T2I,DBRC,48,0.5538,"[text] Table2; second block is printed I2T, taken as T2I"
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,T2I,DBRC,64,0.5476,"[text] Table2; second block is printed I2T, taken as T2I"
    DBRC-ACMMM2017,Wiki,2866 pairs; 25% query / 75% retrieval=train; SIFT-BoW 128d; LDA text 10d; 10 classes,mAP@all,T2I,DBRC,96,0.5520,"[text] Table2; second block is printed I2T, taken as T2I"
    """#
}
