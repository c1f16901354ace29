# The peer of bench-calibrate: psychotools' Rasch model by CML on the same answers.
# usage: Rscript calibrate.R ANSWERS.csv
if (!requireNamespace("psychotools", quietly = TRUE)) {
	cat("psychotools: not installed (apt install r-cran-psychotools)\n")
	quit(status = 0)
}
answers <- as.matrix(read.csv(commandArgs(trailingOnly = TRUE)[1]))
seconds <- system.time(model <- psychotools::raschmodel(answers, hessian = TRUE))[["elapsed"]]
cat(sprintf("psychotools raschmodel (CML): %.2f s\n", seconds))
