"""The move of a companion from one state to another."""

from django import forms

from certificates.rules.states import Move


class MoveForm(forms.Form):
    move = forms.ChoiceField(choices=[(move.value, move.value) for move in Move])
