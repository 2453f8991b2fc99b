-- Entries up to this number have been deleted, since nobody may ask for what is that old; less than `base`: none of this epoch.
ALTER TABLE streams ADD COLUMN pruned INTEGER NOT NULL DEFAULT 0 CHECK (pruned >= 0);
