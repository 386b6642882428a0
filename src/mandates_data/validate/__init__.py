"""What is wrong with a package: findings, their codes, and the run that collects them."""
