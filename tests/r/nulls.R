# Expected numbers from R, for the tests of tables with fixed row and column totals.
# Run from the project's root: Rscript tests/r/nulls.R
# Nothing here comes from the project's own Python code. Where two ways to a
# number are known, the script stops if they disagree.

suppressWarnings(suppressPackageStartupMessages(library(vegan)))

OUT <- "tests/r/expected"
DRAWS <- 4000

same <- function(what, x, y, tolerance = 1e-12) {
  if (length(x) != length(y) || any(abs(x - y) > tolerance)) stop("two ways disagree: ", what)
}

# Numbers with 17 significant digits and LF line ends.
write_table <- function(data, name) {
  text <- lapply(data, function(column) if (is.double(column)) sprintf("%.17g", column) else as.character(column))
  lines <- c(paste(names(data), collapse = ","), do.call(paste, c(text, sep = ",")))
  file <- file(file.path(OUT, name), open = "wb")
  on.exit(close(file))
  writeLines(lines, file, sep = "\n")
}

read_matrix <- function(path) {
  data <- read.csv(path, colClasses = "character", check.names = FALSE, encoding = "UTF-8")
  cells <- as.matrix(data[-1])
  stopifnot(cells %in% c("yes", "no"))
  matrix(as.numeric(cells == "yes"), nrow(cells), dimnames = list(data[[1]], names(data)[-1]))
}

without_constant <- function(x) x[, colSums(x) > 0 & colSums(x) < nrow(x), drop = FALSE]

# -------------------------------------------------------------- statistics

mean_jaccard <- function(x) mean(vegdist(x, "jaccard", binary = TRUE))

# Stone and Roberts (1990): bipartite::C.score is not in Debian, so vegan::designdist with their formula.
c_score <- function(x) mean(designdist(t(x), "(A-J)*(B-J)", terms = "binary"))
c_score_by_product <- function(x) {
  shared <- crossprod(x)
  checkers <- (colSums(x) - shared) * t(colSums(x) - t(shared))
  mean(checkers[upper.tri(checkers)])
}

# vegan keeps constant columns, so they are left out beforehand.
nodf <- function(x) nestednodf(without_constant(x), order = TRUE)$statistic[["NODF"]]

# Distances that are equal as fractions, brought to lowest terms.
tied_pairs <- function(x) {
  shared <- tcrossprod(x)
  union <- outer(rowSums(x), rowSums(x), "+") - shared
  divisor <- function(a, b) if (b == 0) a else divisor(b, a %% b)
  below <- which(lower.tri(shared))
  lowest <- mapply(divisor, union[below], shared[below])
  sum(choose(table(paste(shared[below] / lowest, union[below] / lowest)), 2))
}

resources <- read_matrix("data/priebe2014/resources.csv")
relationships <- read_matrix("data/priebe2014/relationships.csv")[rownames(resources), ]
tables <- list(
  resources = resources,
  relationships = relationships,
  both = cbind(resources, relationships),
  traits = read_matrix("data/living_beings/traits.csv"),
  untied = read_matrix("tests/r/untied.csv")
)
STATISTICS <- list(mean_jaccard = mean_jaccard, c_score = c_score, nodf = nodf, tied_pairs = tied_pairs)
for (x in tables) {
  stopifnot(rowSums(x) > 0)
  same("C-score", c_score(x), c_score_by_product(x))
}
write_table(do.call(rbind, lapply(names(tables), function(name) {
  data.frame(table = name, statistic = names(STATISTICS), value = sapply(STATISTICS, function(f) f(tables[[name]])))
})), "null_statistics.csv")

# ------------------------------------------------------------ random tables

# vegan::oecosimu with two of its null models for fixed totals: quasiswap makes independent tables,
# curveball a chain of trades. hits: draws with a value no larger, or no smaller, than the observed one.
simulated <- function(name, method) {
  x <- tables[[name]]
  set.seed(2014)
  found <- oecosimu(x, function(y) sapply(STATISTICS, function(f) f(y)), method, nsimul = DRAWS, burnin = 1000, thin = 50)
  values <- found$oecosimu$simulated
  observed <- found$oecosimu$statistic
  data.frame(
    table = name, method = method, statistic = names(STATISTICS), draws = DRAWS,
    mean = rowMeans(values), sd = apply(values, 1, sd),
    lower = rowSums(values <= observed + 1e-9), upper = rowSums(values >= observed - 1e-9)
  )
}
write_table(do.call(rbind, c(
  lapply(c("resources", "relationships", "both"), simulated, method = "quasiswap"),
  lapply(c("resources", "relationships", "both"), simulated, method = "curveball")
)), "null_simulated.csv")
