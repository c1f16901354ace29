# The peers of bench-calibrate: the Rasch model by CML on the same answers, by psychotools and by eRm.
# usage: Rscript calibrate.R ANSWERS.csv
answers <- as.matrix(read.csv(commandArgs(trailingOnly = TRUE)[1]))
peers <- list(
	"psychotools raschmodel (CML)" = list("psychotools", function() psychotools::raschmodel(answers, hessian = TRUE)),
	"eRm RM (CML)" = list("eRm", function() eRm::RM(answers, se = TRUE)))
for (name in names(peers)) {
	if (requireNamespace(peers[[name]][[1]], quietly = TRUE)) {
		spent <- system.time(peers[[name]][[2]]())
		cat(sprintf("%s: %.2f s, %.2f s of processor\n", name, spent[["elapsed"]], spent[["user.self"]] + spent[["sys.self"]]))
	} else {
		cat(sprintf("%s: not installed\n", name))
	}
}
