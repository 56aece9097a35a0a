"""Reads reports of one project (自评报告, 评价报告): opening, scores, grade, signature."""
