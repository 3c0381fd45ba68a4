# Expected numbers from R, for the tests of association and of Mantel's correlation.
# Run from the project's root: Rscript tests/r/association.R
# Nothing here comes from the project's own Python code. Where two packages
# know a number, the script stops if they disagree.

suppressWarnings(suppressPackageStartupMessages({
  library(ade4)
  library(vegan)
}))

OUT <- "tests/r/expected"

same <- function(what, x, y, tolerance = 1e-12) {
  if (length(x) != length(y) || any(abs(x - y) > tolerance)) stop("packages disagree: ", what)
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

resources <- read_matrix("data/priebe2014/resources.csv")
relationships <- read_matrix("data/priebe2014/relationships.csv")[rownames(resources), ]
both <- cbind(resources, relationships)
traits <- read_matrix("data/living_beings/traits.csv")
untied <- read_matrix("tests/r/untied.csv")
nature <- read.csv("data/priebe2014/nature.csv", colClasses = "character", encoding = "UTF-8", row.names = "model")[rownames(resources), ]

# ------------------------------------------- stats::fisher.test, made-up tables

# Random tables of 2 to 4 rows and 2 to 5 columns. Some have an empty row or column, which changes nothing.
set.seed(2014)
counted <- do.call(rbind, lapply(1:60, function(k) {
  repeat {
    rows <- sample(2:4, 1)
    x <- matrix(rpois(rows * sample(2:5, 1), sample(c(1, 2, 4), 1)), rows)
    if (sum(rowSums(x) > 0) > 1 && sum(colSums(x) > 0) > 1 && sum(x) <= 36) break
  }
  data.frame(counts = paste(apply(x, 1, paste, collapse = " "), collapse = "/"), p = fisher.test(x, workspace = 1e7)$p.value)
}))
write_table(counted, "fisher.csv")

# ------------------------------- stats::fisher.test and p.adjust, stored tables

between <- function(name, x, y) {
  x <- without_constant(x)
  y <- without_constant(y)
  cells <- expand.grid(first = colnames(x), second = colnames(y), stringsAsFactors = FALSE)
  family(name, cells, function(first, second) list(x[, first], y[, second]))
}

within <- function(name, x) {
  names <- combn(sort(colnames(without_constant(x)), method = "radix"), 2)
  family(name, data.frame(first = names[1, ], second = names[2, ]), function(first, second) list(x[, first], x[, second]))
}

against <- function(name, x, code) {
  stated <- code != "not stated"
  x <- without_constant(x[stated, ])
  family(name, data.frame(first = colnames(x), second = name), function(first, second) list(x[, first], code[stated]))
}

family <- function(name, cells, sides) {
  tables <- Map(function(first, second) do.call(table, sides(first, second)), cells$first, cells$second)
  p <- vapply(tables, function(x) min(1, fisher.test(x)$p.value), 0)
  v <- vapply(tables, function(x) sqrt(suppressWarnings(chisq.test(x, correct = FALSE))$statistic[[1]] / sum(x) / (min(dim(x)) - 1)), 0)
  phi <- mapply(function(first, second) if (is.numeric(sides(first, second)[[2]])) do.call(cor, sides(first, second)) else NaN, cells$first, cells$second)
  data.frame(family = name, first = cells$first, second = cells$second, phi = phi, v = v, p = p, holm = p.adjust(p, method = "holm"))
}

write_table(rbind(
  between("between", resources, relationships),
  within("resources", resources),
  within("relationships", relationships),
  within("traits", traits),
  against("reciprocity", both, nature$reciprocity),
  against("expertise", both, nature$expertise)
), "associations.csv")

# ------------------------------------ vegan::mantel and ade4::mantel.rtest, r and p

# Jaccard distances. Of seven items vegan gets all relabellings, so its p is exact; of ten it draws at random.
mantel_of <- function(name, x, y, permutations) {
  x <- vegan::designdist(x, "1 - a/(a+b+c)", abcd = TRUE)
  y <- vegan::designdist(y, "1 - a/(a+b+c)", abcd = TRUE)
  found <- vegan::mantel(x, y, permutations = permutations)
  same(paste(name, "Mantel, vegan and ade4"), found$statistic, suppressWarnings(ade4::mantel.rtest(x, y, nrepet = 9))$obs)
  data.frame(tables = name, r = found$statistic, p = found$signif, permutations = found$permutations)
}

everything <- permute::allPerms(7, permute::how(maxperm = 6000, observed = FALSE))
stopifnot(nrow(everything) == factorial(7) - 1)
write_table(rbind(
  mantel_of("untied_halves", untied[, 1:8], untied[, 9:16], everything),
  mantel_of("untied_quarters", untied[, 1:4], untied[, 13:16], everything),
  mantel_of("priebe", resources, relationships, 99999),
  mantel_of("priebe_without_constant", without_constant(resources), relationships, 99999)
), "mantel.csv")
