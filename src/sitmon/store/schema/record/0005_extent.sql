-- How much of its publisher's article a text is, where that is not plain: "stub", "feed text", "page text".
ALTER TABLE version ADD COLUMN extent TEXT;
