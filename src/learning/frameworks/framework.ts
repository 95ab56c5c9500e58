/** A reference framework at work in place of one of our own trainers. */
export interface Framework {
  /** For people. */
  readonly title: string;
  /** Training script beside this file. */
  readonly script: string;
  /** What the script leaves in the model folder. */
  readonly modelFile: string;
  /** Python's name of the module that it needs besides numpy, and Debian's of the package. */
  readonly module: string;
  readonly debianPackage: string;
}

/** Members that a framework can train. */
export type FrameworkMember = "forest" | "boosting" | "network";

/** The framework of each member; Debian 12's versions are those of SageMaker's images 1.2-1, 1.7-1 and PyTorch 1.13. */
export const frameworks: Readonly<Record<FrameworkMember, Framework>> = {
  forest: {
    title: "scikit-learn",
    script: "forest_sklearn.py",
    modelFile: "forest.json",
    module: "sklearn",
    debianPackage: "python3-sklearn",
  },
  boosting: {
    title: "XGBoost",
    script: "boosting_xgboost.py",
    modelFile: "xgboost-model.json",
    module: "xgboost",
    debianPackage: "python3-xgboost",
  },
  network: {
    title: "PyTorch",
    script: "network_pytorch.py",
    modelFile: "network.json",
    module: "torch",
    debianPackage: "python3-torch",
  },
};

/** Where Debian's Python lies, which sees Debian's packages; another one may come first on the PATH. */
export const debianPython = "/usr/bin/python3";
