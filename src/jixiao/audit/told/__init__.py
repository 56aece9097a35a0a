"""What running text tells that several families of rules ask for: money, counts, rates, marks and results."""
