function verifyForcedCommitTime(){}
