-- A collector itself sends word of its commits, not with each where many follow each other (store/postgres/word.py).
DROP TRIGGER state_wakes ON sitmon.state;
