"""The law of emulation and commendation as dated, cited data, and one engine that judges one person or two million.

Pure: knows neither Django nor the clock. Main words: *provision* (what the book says), *condition* (what a provision
asks), *rails* (surely, possibly), *finding* (one condition, answered with proof and citation).
"""
