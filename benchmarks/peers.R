# The peers' side of the benchmark: Rscript peers.R TASK TABLE.csv [NUMBERS ...] prints the seconds the task took, start-up not counted.
# A package that is not installed ends the script with status 3.

arguments <- commandArgs(trailingOnly = TRUE)
task <- arguments[1]
cells <- as.matrix(read.csv(arguments[2], row.names = 1, check.names = FALSE))
numbers <- as.numeric(arguments[-(1:2)])

need <- function(package) {
  if (!suppressMessages(require(package, character.only = TRUE, quietly = TRUE))) quit(status = 3)
}

mean_jaccard <- function(x) mean(vegan::vegdist(x, "jaccard", binary = TRUE))

seconds <- switch(task,
  pvclust = {  # column bootstrap at pvclust's own ten scales, ties broken by the order of the rows
    need("pvclust")
    set.seed(1)
    system.time(suppressWarnings(pvclust(t(cells), method.hclust = "average", method.dist = "binary", nboot = numbers[1], quiet = TRUE)))
  },
  quasiswap = {  # tables with the same totals by quasiswap, and the mean Jaccard distance of each
    need("vegan")
    set.seed(1)
    system.time(oecosimu(cells, mean_jaccard, "quasiswap", nsimul = numbers[1]))
  },
  quasiswap_tables = {  # the tables alone
    need("vegan")
    set.seed(1)
    system.time(simulate(nullmodel(cells, "quasiswap"), nsim = numbers[1]))
  },
  curveball = {  # numbers: tables kept, and row-pair trades from one to the next
    need("vegan")
    set.seed(1)
    model <- nullmodel(cells, "curveball")
    system.time(simulate(model, nsim = numbers[1], thin = numbers[2]))
  }
)
cat(sprintf("%.4f\n", seconds[["elapsed"]]))
