# Expected numbers from R, for the tests of column bootstrap: the column BP of pvclust at r = 1.
# Run from the project's root: Rscript tests/r/bootstrap.R
# pvclust draws columns at random and breaks ties by the order of the items. The counts behind BP are written as they are,
# since pvclust smooths BP over several r. Nothing here comes from the project's own Python code.

suppressWarnings(suppressPackageStartupMessages(library(pvclust)))

NBOOT <- 20000
# Words of 1 (yes) and 0 (no): five items with six features, of which test_bootstrap.py follows every draw, and untied.csv.
TABLES <- list(
  first = c(a = "111000", b = "111100", c = "000011", d = "000111", e = "100001"),
  second = c(a = "111110", b = "111100", c = "110001", d = "001011", e = "000111"),
  third = c(a = "110000", b = "110100", c = "111000", d = "000011", e = "000111")
)
untied <- read.csv("tests/r/untied.csv", colClasses = "character", row.names = 1)
TABLES$untied <- setNames(apply(untied == "yes", 1, function(row) paste(as.integer(row), collapse = "")), letters[1:7])
LINKAGES <- c(average = "average", complete = "complete", single = "single", weighted = "mcquitty")

# The groups of an hclust tree, each as its items in one string.
groups_of <- function(tree) {
  groups <- list()
  for (row in seq_len(nrow(tree$merge))) {
    parts <- tree$merge[row, ]
    groups[[row]] <- sort(unlist(lapply(parts, function(p) if (p < 0) tree$labels[-p] else groups[[p]])))
  }
  sapply(groups, paste, collapse = " ")
}

found <- do.call(rbind, lapply(names(TABLES), function(name) do.call(rbind, lapply(names(LINKAGES), function(linkage) {
  set.seed(2014)
  words <- TABLES[[name]]
  cells <- sapply(strsplit(words, ""), as.numeric)  # pvclust clusters the columns of its matrix and draws the rows
  # "binary" is 1 less Jaccard's similarity; two empty items are at distance 0.
  made <- suppressWarnings(pvclust(cells, method.dist = function(x) { d <- dist(t(x), "binary"); d[is.na(d)] <- 0; d },
    method.hclust = LINKAGES[[linkage]], r = 1, nboot = NBOOT, quiet = TRUE))
  data.frame(table = name, items = paste(words, collapse = " "), linkage = linkage, clade = groups_of(made$hclust),
    count = as.integer(round(made$count[, 1])), nboot = NBOOT)
}))))
writeLines(c(paste(names(found), collapse = ","), do.call(paste, c(unname(found), sep = ","))),
  file <- file("tests/r/expected/bootstrap.csv", open = "wb"), sep = "\n")
close(file)
