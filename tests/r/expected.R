# Expected numbers from R, for the tests of likeness, grouping and maps.
# Run from the project's root: Rscript tests/r/expected.R
# Nothing here comes from the project's own Python code. Where two packages
# know a number, the script stops if they disagree.

suppressWarnings(suppressPackageStartupMessages({
  library(FactoMineR)
  library(ade4)
  library(vegan)
  library(cluster)
  library(ca)
}))

OUT <- "tests/r/expected"
UNTIED <- "tests/r/untied.csv"
LINKAGES <- c(average = "average", complete = "complete", single = "single", weighted = "mcquitty")
dir.create(OUT, showWarnings = FALSE)

# ---------------------------------------------------------------- helpers

same <- function(what, x, y, tolerance = 1e-12) {
  x <- as.numeric(x)
  y <- as.numeric(y)
  if (length(x) != length(y) || any(abs(x - y) > tolerance)) stop("packages disagree: ", what)
}

# Numbers with 17 significant digits, LF line ends, UTF-8, quotes only where a comma needs them.
write_table <- function(data, name) {
  text <- lapply(data, function(column) {
    if (is.double(column)) column <- ifelse(is.na(column), "NA", sprintf("%.17g", column + 0))
    column <- as.character(column)
    ifelse(grepl("[\",\n]", column), paste0("\"", gsub("\"", "\"\"", column), "\""), column)
  })
  lines <- c(paste(names(data), collapse = ","), do.call(paste, c(text, sep = ",")))
  file <- file(file.path(OUT, name), open = "wb")
  on.exit(close(file))
  writeLines(enc2utf8(lines), file, sep = "\n", useBytes = TRUE)
}

# A yes/no file as a matrix of 1 and 0 with the ids as names.
read_matrix <- function(path) {
  data <- read.csv(path, colClasses = "character", check.names = FALSE, encoding = "UTF-8")
  cells <- as.matrix(data[-1])
  stopifnot(cells %in% c("yes", "no"))
  matrix(as.numeric(cells == "yes"), nrow(cells), dimnames = list(data[[1]], names(data)[-1]))
}

without_constant <- function(x) x[, colSums(x) > 0 & colSums(x) < nrow(x), drop = FALSE]

# The lower triangle of a dist object, pair by pair in the order of the file.
pairs <- function(d) {
  m <- as.matrix(d)
  at <- which(upper.tri(m), arr.ind = TRUE)
  at <- at[order(at[, 1], at[, 2]), , drop = FALSE]
  data.frame(first = rownames(m)[at[, 1]], second = rownames(m)[at[, 2]], value = m[at])
}

# ------------------------------------------------------------ untied.csv

# How near the nearest competing merge comes to the chosen one, over all steps of a tree (0 is a tie).
nearest_rival <- function(d, linkage) {
  d <- as.matrix(d)
  size <- rep(1, nrow(d))
  gap <- Inf
  while (nrow(d) > 2) {
    values <- sort(d[upper.tri(d)])
    gap <- min(gap, values[2] - values[1])
    at <- which(upper.tri(d) & d == values[1], arr.ind = TRUE)[1, ]
    i <- at[1]
    j <- at[2]
    d[i, ] <- d[, i] <- switch(linkage,
      average = (size[i] * d[i, ] + size[j] * d[j, ]) / (size[i] + size[j]),
      complete = pmax(d[i, ], d[j, ]),
      single = pmin(d[i, ], d[j, ]),
      weighted = (d[i, ] + d[j, ]) / 2
    )
    size[i] <- size[i] + size[j]
    size <- size[-j]
    d <- d[-j, -j, drop = FALSE]
  }
  gap
}

# Jaccard distance of every pair, by proxy.
jaccard <- function(x) as.dist(1 - as.matrix(proxy::simil(x == 1, method = "Jaccard"), diag = 1))

# No two distances, and no two candidate merges, nearer than 0.001; no empty row, no constant column.
is_untied <- function(x) {
  d <- jaccard(x)
  all(rowSums(x) > 0) && ncol(without_constant(x)) == ncol(x) && min(diff(sort(d))) > 0.001 &&
    all(sapply(names(LINKAGES), function(linkage) nearest_rival(d, linkage)) > 0.001)
}

# The clades of a tree, each as its labels in one string.
clades <- function(tree) {
  sort(unique(unlist(lapply(seq_along(tree$labels), function(k) tapply(tree$labels, cutree(tree, k), paste, collapse = " ")))))
}

# The four linkages give four different trees, and no item stands alone in the two groups of average linkage.
is_telling <- function(x) {
  trees <- lapply(LINKAGES, function(method) hclust(jaccard(x), method))
  !anyDuplicated(lapply(trees, clades)) && min(table(cutree(trees$average, 2))) > 1
}

# Made once: random tables until one will do. The stored file is the reference from then on.
make_untied <- function() {
  set.seed(2014)
  repeat {
    x <- matrix(rbinom(7 * 16, 1, 0.5), 7, dimnames = list(paste0("item_", letters[1:7]), sprintf("feature_%02d", 1:16)))
    if (is_untied(x) && is_telling(x)) break
  }
  cells <- data.frame(item = rownames(x), ifelse(x == 1, "yes", "no"))
  file <- file(UNTIED, open = "wb")
  writeLines(c(paste(names(cells), collapse = ","), do.call(paste, c(cells, sep = ","))), file, sep = "\n")
  close(file)
}

if (!file.exists(UNTIED)) make_untied()

# ---------------------------------------------------------------- tables

resources <- read_matrix("data/priebe2014/resources.csv")
relationships <- read_matrix("data/priebe2014/relationships.csv")
stopifnot(setequal(rownames(resources), rownames(relationships)))
tables <- list(
  resources = resources,
  relationships = relationships,
  both = cbind(resources, relationships[rownames(resources), ]),
  traits = read_matrix("data/living_beings/traits.csv"),
  untied = read_matrix(UNTIED)
)
stopifnot(is_untied(tables$untied), is_telling(tables$untied))

# ------------------------------------------------------------- distances

# Which call gives which coefficient. proxy::simil gives the similarity s; ade4::dist.binary gives
# sqrt(1 - s), so it is squared. vegan::designdist computes the formula as written, from
# a, b, c, d: both, only the first, only the second, neither. It is only a check.
COEFFICIENTS <- list(
  #                       proxy::simil      dist.binary    formula of the similarity
  jaccard         = list("Jaccard",         1,  "a/(a+b+c)"),
  dice            = list("Dice",            5,  "2*a/(2*a+b+c)"),
  ochiai          = list("Ochiai",          7,  "a/sqrt((a+b)*(a+c))"),
  simple_matching = list("simple matching", 2,  "(a+d)/(a+b+c+d)"),
  rogers_tanimoto = list("Tanimoto",        4,  "(a+d)/(a+2*b+2*c+d)"),
  russell_rao     = list("Russel",          10, "a/(a+b+c+d)"),
  sokal_sneath    = list(NA,                3,  "a/(a+2*b+2*c)"),  # proxy has none
  kulczynski      = list("Kulczynski2",     NA, "(a/(a+b)+a/(a+c))/2"),  # ade4 has none
  overlap         = list("Simpson",         NA, "a/pmin(a+b,a+c)")  # ade4 has none
)

distances_of <- function(x, name) {
  do.call(rbind, lapply(names(COEFFICIENTS), function(coefficient) {
    call <- COEFFICIENTS[[coefficient]]
    check <- pairs(vegan::designdist(x, paste("1 -", call[[3]]), abcd = TRUE))
    found <- NULL
    if (!is.na(call[[1]])) {
      found <- pairs(1 - as.matrix(proxy::simil(x == 1, method = call[[1]]), diag = 1))
      same(paste(name, coefficient, "proxy, vegan"), found$value, check$value)
    }
    if (!is.na(call[[2]])) {
      squared <- pairs(ade4::dist.binary(as.data.frame(x), method = call[[2]])^2)
      same(paste(name, coefficient, "ade4, vegan"), squared$value, check$value)
      if (is.null(found)) found <- squared else same(paste(name, coefficient, "proxy, ade4"), found$value, squared$value)
    }
    data.frame(table = name, coefficient = coefficient, first = found$first, second = found$second, distance = found$value)
  }))
}

# No row becomes empty, also without the constant columns, so 0/0 never arises.
compared <- c(tables, list(
  resources_without_constant = without_constant(tables$resources),
  traits_without_constant = without_constant(tables$traits)
))
stopifnot(sapply(compared, function(x) all(rowSums(x) > 0)))
write_table(do.call(rbind, Map(distances_of, compared, names(compared))), "distances.csv")

# ----------------------------------------------------------------- trees

# stats::hclust on Jaccard distances, stats::cophenetic on the tree. Only untied has exactly one right
# tree. In resources and traits distances are tied: these are the trees of one tie-break among several.
d <- lapply(tables, jaccard)
grown <- expand.grid(linkage = names(LINKAGES), table = c("untied", "resources", "traits"), stringsAsFactors = FALSE)
trees <- Map(function(table, linkage) hclust(d[[table]], method = LINKAGES[[linkage]]), grown$table, grown$linkage)

write_table(do.call(rbind, Map(function(table, linkage, tree) {
  found <- pairs(cophenetic(tree))
  data.frame(table = table, linkage = linkage, first = found$first, second = found$second, cophenetic = found$value)
}, grown$table, grown$linkage, trees)), "trees.csv")

# Pearson correlation of the distances with the cophenetic distances.
correlations <- mapply(function(table, tree) cor(d[[table]], cophenetic(tree)), grown$table, trees)
write_table(data.frame(table = grown$table, linkage = grown$linkage, correlation = correlations), "cophenetic_correlation.csv")

of_untied <- grown$table == "untied"
write_table(do.call(rbind, Map(function(linkage, tree) data.frame(linkage = linkage, height = sort(tree$height)),
  grown$linkage[of_untied], trees[of_untied])), "merges.csv")

# ----------------------------------------------------------- silhouettes

# cluster::silhouette on Jaccard distances. A group of one has width 0.
silhouette_of <- function(table, partition, groups) {
  width <- cluster::silhouette(as.integer(factor(groups)), d[[table]])[, "sil_width"]
  data.frame(table = table, partition = partition, item = attr(d[[table]], "Labels"), cluster = as.character(groups), width = width)
}
nature <- read.csv("data/priebe2014/nature.csv", colClasses = "character", encoding = "UTF-8")
reciprocity <- setNames(nature$reciprocity, nature$model)
write_table(rbind(
  do.call(rbind, lapply(2:6, function(k) silhouette_of("untied", paste0("k", k), cutree(trees[[which(of_untied)[1]]], k)))),
  silhouette_of("resources", "reciprocity", reciprocity[rownames(tables$resources)]),
  silhouette_of("relationships", "reciprocity", reciprocity[rownames(tables$relationships)])
), "silhouettes.csv")

# ------------------------------------------------------------------ PCoA

# vegan::wcmdscale on the square root of Jaccard distance: eigenvalues of the double-centred -d^2/2, not
# divided by n. stats::cmdscale gives the same; those of ade4::dudi.pco are divided by n.
# Signs of axes are arbitrary; where eigenvalues are equal, the axes may also be turned within them.
pcoa <- lapply(names(tables), function(name) {
  root <- sqrt(d[[name]])
  map <- vegan::wcmdscale(root, eig = TRUE)
  kept <- map$eig[map$eig > 1e-12]
  axes <- seq_along(kept)
  stopifnot(map$eig > -1e-12)  # this distance is Euclidean
  plain <- cmdscale(root, k = length(kept), eig = TRUE)
  pco <- ade4::dudi.pco(root, scannf = FALSE, nf = length(kept))
  same(paste(name, "PCoA, vegan and stats"), kept, plain$eig[axes])
  same(paste(name, "PCoA, vegan and ade4"), kept, pco$eig * nrow(tables[[name]]))
  # the coordinates give the distances back, and those of the three packages agree up to turning
  points <- map$points[, axes, drop = FALSE]
  for (other in list(points, plain$points, as.matrix(pco$li))) same(paste(name, "PCoA coordinates"), dist(other), root, 1e-7)
  list(
    eigenvalues = data.frame(table = name, axis = axes, eigenvalue = kept, share = kept / sum(kept)),
    coordinates = data.frame(table = name, item = rownames(points), axis = rep(axes, each = nrow(points)), coordinate = as.vector(points))
  )
})
write_table(do.call(rbind, lapply(pcoa, `[[`, "eigenvalues")), "pcoa_eigenvalues.csv")
write_table(do.call(rbind, lapply(pcoa, `[[`, "coordinates")), "pcoa_coordinates.csv")

# ------------------------------------------------------------------- MCA

# FactoMineR::MCA of the indicator matrix, constant columns left out. K features, J categories.
mca <- lapply(names(tables), function(name) {
  x <- without_constant(tables[[name]])
  data <- as.data.frame(lapply(as.data.frame(x), function(column) factor(c("no", "yes")[column + 1], levels = c("no", "yes"))),
    row.names = rownames(x))
  K <- ncol(data)
  J <- 2 * K
  map <- FactoMineR::MCA(data, ncp = J - K, graph = FALSE)
  kept <- map$eig[map$eig[, 1] > 1e-12, 1]
  axes <- seq_along(kept)
  acm <- ade4::dudi.acm(data, scannf = FALSE, nf = length(kept))
  same(paste(name, "MCA, FactoMineR and ade4"), kept, acm$eig)

  # Greenacre's adjustment, for eigenvalues above 1/K only; ca::mjca gives its square roots as sv and
  # its shares as inertia.e.
  above <- kept > 1 / K + 1e-12
  adjusted <- ifelse(above, (K / (K - 1))^2 * (kept - 1 / K)^2, NA)
  share <- adjusted / (K / (K - 1) * (sum(kept^2) - (J - K) / K^2))
  joint <- ca::mjca(data, lambda = "adjusted")
  same(paste(name, "MCA adjusted, ca"), adjusted[above], joint$sv^2)
  same(paste(name, "MCA adjusted share, ca"), share[above], joint$inertia.e)

  items <- map$ind$coord[, axes, drop = FALSE]
  categories <- map$var$coord[, axes, drop = FALSE]
  feature <- rep(names(data), each = 2)
  state <- rep(c("no", "yes"), times = K)
  stopifnot(rownames(items) == rownames(x), rownames(categories) == paste(feature, state, sep = "_"))
  same(paste(name, "MCA items, ade4"), dist(acm$li), dist(items), 1e-7)
  list(
    eigenvalues = data.frame(table = name, axis = axes, eigenvalue = kept, share = kept / sum(kept), adjusted_eigenvalue = adjusted, adjusted_share = share),
    items = data.frame(table = name, item = rownames(items), axis = rep(axes, each = nrow(items)), coordinate = as.vector(items)),
    categories = data.frame(table = name, feature = feature, state = state, axis = rep(axes, each = J), coordinate = as.vector(categories))
  )
})
write_table(do.call(rbind, lapply(mca, `[[`, "eigenvalues")), "mca_eigenvalues.csv")
write_table(do.call(rbind, lapply(mca, `[[`, "items")), "mca_items.csv")
write_table(do.call(rbind, lapply(mca, `[[`, "categories")), "mca_categories.csv")

# -------------------------------------------------------------- versions

packages <- c("stats", "proxy", "ade4", "vegan", "cluster", "FactoMineR", "ca")
write_table(data.frame(
  package = c("R", packages),
  version = c(as.character(getRversion()), sapply(packages, function(package) packageDescription(package)$Version))
), "versions.csv")
