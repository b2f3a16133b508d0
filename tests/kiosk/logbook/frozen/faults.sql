PRAGMA application_id = 1263095635;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'entrance-kiosk','first_tables','2026-11-24 22:32:51.511439+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'entrance-kiosk','shifts','2026-11-24 23:01:11.150996+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'entrance-kiosk','faults','2026-11-25 01:28:00.559696+00:00');
CREATE TABLE boots (
    -- Each run of the machine, and by how much its clock was wrong until it was set.
    boot_id TEXT PRIMARY KEY,         -- the machine's own name for it
    utc_ms INTEGER NOT NULL,          -- what the clock said when the kiosk first opened the log in this boot
    monotonic REAL NOT NULL,          -- the same moment in seconds of the clock that never steps
    clock_trusted INTEGER NOT NULL,   -- whether the clock was set then
    last_monotonic REAL NOT NULL,     -- the last sign of life in this boot, by the same clock
    behind_ms INTEGER                 -- how far the clock was behind at first (negative: ahead), once that was known
) STRICT;
INSERT INTO "boots" VALUES('frozen',1774250400000,8450.0,1,8450.0,NULL);
CREATE TABLE corrections (
    -- What replaces something an entry says, or cancels it. Rows are only ever added; the latest wins.
    id INTEGER PRIMARY KEY,           -- number of the correction in this logbook
    entry_id INTEGER NOT NULL         -- the entry that it corrects
        REFERENCES entries (id),
    utc_ms INTEGER NOT NULL,          -- when the correction was made: milliseconds since 1970, UTC
    direction TEXT                    -- the right one; NULL: as it was
        CHECK (direction IN ('in', 'out')),
    app TEXT                          -- the right one; NULL: as it was
        CHECK (app IN ('detected', 'not_detected', 'shown', 'installed_here', 'no_smartphone', 'declined', 'unknown')),
    cancelled INTEGER NOT NULL        -- 1: nobody went through after all; stays so whatever comes later
        CHECK (cancelled IN (0, 1)),
    new_utc_ms INTEGER,               -- the entry's right moment, found once the clock was set; NULL: as it was
    new_day TEXT,                     -- the date of new_utc_ms in the kiosk's zone
    new_hour INTEGER,                 -- the start of the hour of new_utc_ms
    source TEXT NOT NULL              -- who says so
        CHECK (source IN ('door', 'officer', 'radio', 'clock')),
    confidence REAL NOT NULL          -- 0 to 1: that the correction is right
        CHECK (confidence BETWEEN 0 AND 1),
    boot_id TEXT NOT NULL,            -- the run of the machine within which monotonic counts
    monotonic REAL NOT NULL,          -- when the correction was made, in seconds of the clock that never steps
    clock_trusted INTEGER NOT NULL    -- 0: utc_ms (and new_utc_ms, if any) are by a clock that was not set
        CHECK (clock_trusted IN (0, 1)),
    link INTEGER NOT NULL,            -- place in the chain of entries and corrections together
    hash BLOB NOT NULL                -- SHA-256 over the link before and this row
) STRICT;
INSERT INTO "corrections" VALUES(1,3,1772436000000,NULL,'shown',0,NULL,NULL,NULL,'officer',1.0,'frozen',8450.0,0,13,X'5C8450781CB5857DA0FE0B66762ABAE78B0E42DD6F1E17DACAE85219F9BB2291');
INSERT INTO "corrections" VALUES(2,4,1772436000000,NULL,NULL,1,NULL,NULL,NULL,'officer',1.0,'frozen',8450.0,0,14,X'FB87FB37858BA6DAB0A05EAD6F9D75A9F3315E97C8887257B45F3F4BC802D703');
INSERT INTO "corrections" VALUES(3,1,1774250400000,NULL,NULL,0,1774242700000,'2026-03-23',1774242000,'clock',1.0,'frozen',8450.0,1,15,X'B7CEBF98CE3C18BB4D551241DFBCC9D8CECAFD46AF9F28BD064CEB175BEFB455');
INSERT INTO "corrections" VALUES(4,2,1774250400000,NULL,NULL,0,1774243400000,'2026-03-23',1774242000,'clock',1.0,'frozen',8450.0,1,16,X'6132235CF3C18B3B1C67114DB6405B615D0C4456CBF8F8BFAD7DC62D70AFE126');
INSERT INTO "corrections" VALUES(5,3,1774250400000,NULL,NULL,0,1774244100000,'2026-03-23',1774242000,'clock',1.0,'frozen',8450.0,1,17,X'F63F78AD268CAA936726CB21EED8D330821ECB920C72AC97184C4EB09D25D109');
INSERT INTO "corrections" VALUES(6,4,1774250400000,NULL,NULL,0,1774244800000,'2026-03-23',1774242000,'clock',1.0,'frozen',8450.0,1,18,X'088FFB6071FD6C2A3DA6757797197833A7CEC560852ABE0AAAFCACAD31B42B39');
INSERT INTO "corrections" VALUES(7,5,1774250400000,NULL,NULL,0,1774245500000,'2026-03-23',1774242000,'clock',1.0,'frozen',8450.0,1,19,X'39B32F6780DB3C9004E736B9A8EF71405A482BC66D01CF663B93295C1353A7E2');
INSERT INTO "corrections" VALUES(8,6,1774250400000,NULL,NULL,0,1774246200000,'2026-03-23',1774245600,'clock',1.0,'frozen',8450.0,1,20,X'013ECD5D120B6BD00346D5B5713B109AFA179E7F879B81652E589BC0AF7CEC84');
INSERT INTO "corrections" VALUES(9,7,1774250400000,NULL,NULL,0,1774246900000,'2026-03-23',1774245600,'clock',1.0,'frozen',8450.0,1,21,X'B2076E41772FF9A4EDD037A741ED6F4806F45021BFD7EC3EDC0891799AB93BE5');
INSERT INTO "corrections" VALUES(10,8,1774250400000,NULL,NULL,0,1774247600000,'2026-03-23',1774245600,'clock',1.0,'frozen',8450.0,1,22,X'E352440CB64B82DF05D59232B3DAE4F77AA9E7C658F0E1FBE4F940D5A1AD92FD');
INSERT INTO "corrections" VALUES(11,9,1774250400000,NULL,NULL,0,1774248300000,'2026-03-23',1774245600,'clock',1.0,'frozen',8450.0,1,23,X'81C7A71DF2F3E7D15FE1969BC87A178E7D628CF661D2D76629E604F3B7A1F725');
INSERT INTO "corrections" VALUES(12,10,1774250400000,NULL,NULL,0,1774249000000,'2026-03-23',1774245600,'clock',1.0,'frozen',8450.0,1,24,X'A45E74C37A7AB480B407566EBDBDBD0A7125FDEF2E2EFB767B53FA17F550F771');
INSERT INTO "corrections" VALUES(13,11,1774250400000,NULL,NULL,0,1774249700000,'2026-03-23',1774249200,'clock',1.0,'frozen',8450.0,1,25,X'E38AF56170524DC9099EB1C568A5A8A377A101B00123873D83B1C67F8ABAEFB1');
INSERT INTO "corrections" VALUES(14,12,1774250400000,NULL,NULL,0,1774250400000,'2026-03-23',1774249200,'clock',1.0,'frozen',8450.0,1,26,X'C1F8ECC327CA87254B1EAECFABA7BAA6397D3CF555E8C69DAD16122DBD1E92F8');
CREATE TABLE entries (
    -- One person went through the door. Rows are only ever added; see corrections and current_entries.
    id INTEGER PRIMARY KEY,           -- number of the entry in this logbook
    utc_ms INTEGER NOT NULL,          -- when, by the kiosk's clock at the time: milliseconds since 1970, UTC
    day TEXT NOT NULL,                -- that moment's date in the kiosk's zone, YYYY-MM-DD
    hour INTEGER NOT NULL,            -- start of that moment's hour in the kiosk's zone: seconds since 1970, UTC
    direction TEXT NOT NULL           -- in or out
        CHECK (direction IN ('in', 'out')),
    app TEXT NOT NULL                 -- what is known of the visitor's app; unknown: no radio was listening
        CHECK (app IN ('detected', 'not_detected', 'shown', 'installed_here', 'no_smartphone', 'declined', 'unknown')),
    confidence REAL NOT NULL          -- 0 to 1: that what is said about the app is right
        CHECK (confidence BETWEEN 0 AND 1),
    source TEXT NOT NULL              -- who says so
        CHECK (source IN ('door', 'officer', 'radio')),
    officer TEXT,                     -- who was on duty, where the officer said it
    boot_id TEXT NOT NULL,            -- the run of the machine within which monotonic counts
    monotonic REAL NOT NULL,          -- when, in seconds of a clock that never steps and starts anew with each boot
    clock_trusted INTEGER NOT NULL    -- 0: the clock was not set yet, utc_ms may be weeks off
        CHECK (clock_trusted IN (0, 1)),
    link INTEGER NOT NULL,            -- place in the chain of entries and corrections together
    hash BLOB NOT NULL                -- SHA-256 over the link before and this row
) STRICT;
INSERT INTO "entries" VALUES(1,1772428300000,'2026-03-02',1772427600,'in','not_detected',0.8,'door',NULL,'frozen',750.0,0,1,X'934619B34B2E7D4D4900BB1FF4C70CAF90120F9819CDBFAEED9D7B736CEA5809');
INSERT INTO "entries" VALUES(2,1772429000000,'2026-03-02',1772427600,'in','shown',0.8,'door',NULL,'frozen',1450.0,0,2,X'CCD8964393201FC1310C9F7A1B6B6BBA5CAB5122606B579122ADCE8B3A5359AB');
INSERT INTO "entries" VALUES(3,1772429700000,'2026-03-02',1772427600,'out','installed_here',0.8,'door',NULL,'frozen',2150.0,0,3,X'7B6EB3BE03D0A0E3BF193FA6ECF32BFA09BC4B5CD643D2E2B98AD47731705D68');
INSERT INTO "entries" VALUES(4,1772430400000,'2026-03-02',1772427600,'in','no_smartphone',0.8,'officer','Hoa','frozen',2850.0,0,4,X'52EE1B6D2C07D63E47FA3008E0DB10ECBAAA7A33369A4D46B619AB9BE3018602');
INSERT INTO "entries" VALUES(5,1772431100000,'2026-03-02',1772427600,'in','declined',0.8,'door',NULL,'frozen',3550.0,0,5,X'422F752F8F512F1DDB5F188DD30C137681BA2900F6F8F5BB3AD9A01D14339389');
INSERT INTO "entries" VALUES(6,1772431800000,'2026-03-02',1772431200,'out','unknown',0.8,'door',NULL,'frozen',4250.0,0,6,X'3DF31936E550968FDFF3901D7A5D692A35B1077F87B54FF54E50C3999EC8026A');
INSERT INTO "entries" VALUES(7,1772432500000,'2026-03-02',1772431200,'in','detected',0.8,'door',NULL,'frozen',4950.0,0,7,X'9B7986E21D35545C294322F3B9E812E3AD079AF6FEE6B6D0B3966F68467CF357');
INSERT INTO "entries" VALUES(8,1772433200000,'2026-03-02',1772431200,'in','not_detected',0.8,'officer','Hoa','frozen',5650.0,0,8,X'C27BD44580F34EAF654025C727EC6C887CBC02BF19E3BAC74409EF25294882F4');
INSERT INTO "entries" VALUES(9,1772433900000,'2026-03-02',1772431200,'out','shown',0.8,'door',NULL,'frozen',6350.0,0,9,X'2B0C0DA6CFFA7F8EBD7FC94DAC9F084E670D8DE13EC15BE69C02129625E74F53');
INSERT INTO "entries" VALUES(10,1772434600000,'2026-03-02',1772431200,'in','installed_here',0.8,'door',NULL,'frozen',7050.0,0,10,X'AE16F96075270707CA5DF5F90BC6261943D7C20D2C89C38B33E992460321E2EB');
INSERT INTO "entries" VALUES(11,1772435300000,'2026-03-02',1772434800,'in','no_smartphone',0.8,'door',NULL,'frozen',7750.0,0,11,X'98E06E9AF68399AD4B6A6137CA62CBB3E61007D617F5E60C7D3A1C1720C82FF8');
INSERT INTO "entries" VALUES(12,1772436000000,'2026-03-02',1772434800,'out','declined',0.8,'officer','Hoa','frozen',8450.0,0,12,X'BDFA7BC00086646796B7EACC166813AB0658AD812E76EE19FB5C5CFD98B3BFB0');
CREATE TABLE exports (
    -- Who took entries out of this logbook, when, and which.
    id INTEGER PRIMARY KEY,           -- number of the export
    utc_ms INTEGER NOT NULL,          -- when: milliseconds since 1970, UTC
    who TEXT NOT NULL,                -- the user of the machine who gave the command
    format TEXT NOT NULL,             -- csv, json, xlsx or backup
    rows INTEGER NOT NULL,            -- how many entries
    since_ms INTEGER,                 -- from this moment on; NULL: from the beginning
    until_ms INTEGER                  -- up to this moment; NULL: to the end
) STRICT;
CREATE TABLE faults (
    -- Each time in which a part did not work as it should, once it is over; what still lasts stands in parts.
    id INTEGER PRIMARY KEY,           -- number of the fault
    part TEXT NOT NULL,               -- as in parts
    state TEXT NOT NULL,              -- degraded or down
    since_ms INTEGER NOT NULL,        -- from then on: milliseconds since 1970, UTC
    until_ms INTEGER NOT NULL,        -- until then
    detail TEXT NOT NULL              -- why, as it was last said
) STRICT;
INSERT INTO "faults" VALUES(1,'door','down',1774250100000,1774250400000,'pins cannot be reached');
CREATE TABLE heartbeat (
    -- One row: the kiosk that writes this file, and when it last did so.
    id INTEGER PRIMARY KEY            -- always 1
        CHECK (id = 1),
    utc_ms INTEGER NOT NULL,          -- when: milliseconds since 1970, UTC
    boot_id TEXT NOT NULL,            -- the run of the machine
    monotonic REAL NOT NULL,          -- for telling its age when the clock was set in between
    clock_trusted INTEGER NOT NULL,   -- whether the clock was set
    process INTEGER NOT NULL,         -- process number
    started_ms INTEGER NOT NULL,      -- when that process began: milliseconds since 1970, UTC
    version TEXT NOT NULL,            -- of the kiosk
    stopped INTEGER NOT NULL          -- 1: it ended in order
) STRICT;
INSERT INTO "heartbeat" VALUES(1,1774250400000,'frozen',8450.0,1,30232,1774242000000,'not installed',1);
CREATE TABLE parts (
    -- What works and what does not, as the running kiosk last said.
    part TEXT PRIMARY KEY,            -- radio:inside, door, panel, screen, sync, clock, disk, ...
    state TEXT NOT NULL               -- off: not wanted by the settings
        CHECK (state IN ('ok', 'degraded', 'down', 'off')),
    since_ms INTEGER NOT NULL,        -- since when it is so: milliseconds since 1970, UTC
    detail TEXT NOT NULL,             -- why, in one line
    seen_ms INTEGER NOT NULL          -- when the kiosk last said so
) STRICT;
INSERT INTO "parts" VALUES('door','ok',1774250400000,'',1774250400000);
CREATE TABLE removals (
    -- What retention took out: the oldest part of the chain, up to a link.
    id INTEGER PRIMARY KEY,           -- number of the removal
    utc_ms INTEGER NOT NULL,          -- when: milliseconds since 1970, UTC
    before_day TEXT NOT NULL,         -- entries of earlier days were to go
    last_link INTEGER NOT NULL,       -- the newest link that was taken out
    last_hash BLOB NOT NULL,          -- its hash, on which the rest of the chain is built
    entries INTEGER NOT NULL,         -- how many entries went
    corrections INTEGER NOT NULL      -- how many corrections went
) STRICT;
CREATE TABLE shifts (
    -- Who took over the duty, when, and what the shift before had counted. Rows are only ever added.
    id INTEGER PRIMARY KEY,           -- number of the shift
    utc_ms INTEGER NOT NULL,          -- when it began: milliseconds since 1970, UTC
    officer TEXT NOT NULL,            -- who took over, as the configuration names them
    previous TEXT,                    -- who handed over; NULL: nobody was on duty before
    previous_in INTEGER NOT NULL,     -- how many came in during the shift before
    previous_with_app INTEGER NOT NULL, -- how many of them had the app
    boot_id TEXT NOT NULL,            -- the run of the machine
    monotonic REAL NOT NULL,          -- when, in seconds of the clock that never steps
    clock_trusted INTEGER NOT NULL    -- whether the clock was set
        CHECK (clock_trusted IN (0, 1))
) STRICT;
INSERT INTO "shifts" VALUES(1,1700000000000,'Lan',NULL,3,2,'boot',100.0,1);
CREATE TABLE tallies (
    -- How many current_entries each hour holds; kept in the same transaction as they are. The district gets these.
    hour INTEGER NOT NULL,            -- start of the hour: seconds since 1970, UTC
    direction TEXT NOT NULL,          -- in or out
    app TEXT NOT NULL,                -- status of the app, as in entries
    count INTEGER NOT NULL            -- people, the absolute number
        CHECK (count >= 0),
    revision INTEGER NOT NULL,        -- grows with each change
    acknowledged INTEGER NOT NULL DEFAULT 0, -- the revision the district has confirmed; 0: none
    PRIMARY KEY (hour, direction, app)
) STRICT, WITHOUT ROWID;
INSERT INTO "tallies" VALUES(1772427600,'in','declined',0,2,0);
INSERT INTO "tallies" VALUES(1772427600,'in','no_smartphone',0,2,0);
INSERT INTO "tallies" VALUES(1772427600,'in','not_detected',0,2,0);
INSERT INTO "tallies" VALUES(1772427600,'in','shown',0,2,0);
INSERT INTO "tallies" VALUES(1772427600,'out','installed_here',0,2,0);
INSERT INTO "tallies" VALUES(1772427600,'out','shown',0,2,0);
INSERT INTO "tallies" VALUES(1772431200,'in','detected',0,2,0);
INSERT INTO "tallies" VALUES(1772431200,'in','installed_here',0,2,0);
INSERT INTO "tallies" VALUES(1772431200,'in','not_detected',0,2,0);
INSERT INTO "tallies" VALUES(1772431200,'out','shown',0,2,0);
INSERT INTO "tallies" VALUES(1772431200,'out','unknown',0,2,0);
INSERT INTO "tallies" VALUES(1772434800,'in','no_smartphone',0,2,0);
INSERT INTO "tallies" VALUES(1772434800,'out','declined',0,2,0);
INSERT INTO "tallies" VALUES(1774242000,'in','declined',1,1,0);
INSERT INTO "tallies" VALUES(1774242000,'in','not_detected',1,1,0);
INSERT INTO "tallies" VALUES(1774242000,'in','shown',1,1,0);
INSERT INTO "tallies" VALUES(1774242000,'out','shown',1,1,0);
INSERT INTO "tallies" VALUES(1774245600,'in','detected',1,1,0);
INSERT INTO "tallies" VALUES(1774245600,'in','installed_here',1,1,0);
INSERT INTO "tallies" VALUES(1774245600,'in','not_detected',1,1,0);
INSERT INTO "tallies" VALUES(1774245600,'out','shown',1,1,0);
INSERT INTO "tallies" VALUES(1774245600,'out','unknown',1,1,0);
INSERT INTO "tallies" VALUES(1774249200,'in','no_smartphone',1,1,0);
INSERT INTO "tallies" VALUES(1774249200,'out','declined',1,1,0);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE VIEW current_entries AS
-- What is held to be true now: each entry with its corrections applied; cancelled ones are left out.
SELECT
    entries.id,
    coalesce(moment.new_utc_ms, entries.utc_ms) AS utc_ms,
    coalesce(moment.new_day, entries.day) AS day,
    coalesce(moment.new_hour, entries.hour) AS hour,
    coalesce(turn.direction, entries.direction) AS direction,
    coalesce(status.app, entries.app) AS app,
    coalesce(status.confidence, entries.confidence) AS confidence,
    coalesce(status.source, entries.source) AS source,
    entries.officer,
    coalesce(moment.clock_trusted, entries.clock_trusted) AS clock_trusted,
    coalesce(turn.id, status.id, moment.id) IS NOT NULL AS corrected -- 1: differs from the row in entries
FROM entries
LEFT JOIN corrections AS turn ON turn.id =
    (SELECT max(id) FROM corrections WHERE entry_id = entries.id AND direction IS NOT NULL)
LEFT JOIN corrections AS status ON status.id =
    (SELECT max(id) FROM corrections WHERE entry_id = entries.id AND app IS NOT NULL)
LEFT JOIN corrections AS moment ON moment.id =
    (SELECT max(id) FROM corrections WHERE entry_id = entries.id AND new_utc_ms IS NOT NULL)
WHERE NOT EXISTS (SELECT 1 FROM corrections WHERE entry_id = entries.id AND cancelled);
CREATE INDEX entries_by_time ON entries (utc_ms);
CREATE INDEX corrections_by_entry ON corrections (entry_id);
CREATE INDEX corrections_by_time ON corrections (new_utc_ms) WHERE new_utc_ms IS NOT NULL;
CREATE INDEX entries_without_clock ON entries (boot_id) WHERE clock_trusted = 0;
CREATE INDEX tallies_unsent ON tallies (hour) WHERE revision > acknowledged;
CREATE TRIGGER entries_stay_as_they_are BEFORE UPDATE ON entries
    BEGIN SELECT raise(ABORT, 'entries are only ever added; add a correction'); END;
CREATE TRIGGER corrections_stay_as_they_are BEFORE UPDATE ON corrections
    BEGIN SELECT raise(ABORT, 'corrections are only ever added; add another one'); END;
CREATE TRIGGER entries_go_by_retention_alone BEFORE DELETE ON entries
    WHEN OLD.link > (SELECT coalesce(max(last_link), 0) FROM removals)
    BEGIN SELECT raise(ABORT, 'entries are only ever added; retention alone removes them'); END;
CREATE TRIGGER corrections_go_by_retention_alone BEFORE DELETE ON corrections
    WHEN OLD.link > (SELECT coalesce(max(last_link), 0) FROM removals)
    BEGIN SELECT raise(ABORT, 'corrections are only ever added; retention alone removes them'); END;
CREATE INDEX faults_by_end ON faults (until_ms);
CREATE TRIGGER faults_are_noted_when_they_end AFTER UPDATE ON parts
    WHEN OLD.state IN ('degraded', 'down') AND NEW.state <> OLD.state
    BEGIN
        INSERT INTO faults (part, state, since_ms, until_ms, detail)
        VALUES (OLD.part, OLD.state, OLD.since_ms, NEW.since_ms, OLD.detail);
        DELETE FROM faults WHERE until_ms < NEW.since_ms - 94608000000;
    END;
COMMIT;
