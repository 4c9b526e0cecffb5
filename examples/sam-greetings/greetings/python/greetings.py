WORDS = {"en": "Hello", "de": "Guten Tag", "fr": "Bonjour"}


def say(language, name):
    return f"{WORDS.get(language, WORDS['en'])}, {name}!"
