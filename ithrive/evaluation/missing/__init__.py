"""What is missing or odd: covariates completed several ways, answers pooled, quarters that stand out."""

from ithrive.evaluation.missing.imputation import Completed, completed
from ithrive.evaluation.missing.outlying import Outlying, outlying, without
from ithrive.evaluation.missing.pooling import Pooled, pooled

__all__ = ["Completed", "Outlying", "Pooled", "completed", "outlying", "pooled", "without"]
