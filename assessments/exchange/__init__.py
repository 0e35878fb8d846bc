"""Questions of the bank in files of other programs: GIFT and XML of Moodle, and a spreadsheet.

A reader gives drafts in the form of questions.yaml, and says of every question that it leaves out why. What happens to
a draft is decided elsewhere, by the same reader and the same storing as for questions.yaml.
"""
