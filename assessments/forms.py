# Being written by the assessments engineer of 05:02 (see /work/assessments-TWO-ENGINEERS.md).
