"""Every permission in the house. Whether a role has it is in roles.py; whether it may be used now, in a policy."""

from enum import StrEnum


class Permission(StrEnum):
    """resource:action. Alphabetical. A role is a list of these; a policy asks for one."""

    ACCOUNT_MANAGE = "account:manage"
    BOTTOM_LINE_AGREE = "bottom-line:agree"
    CLEARANCE_GIVE = "clearance:give"
    CONTACT_DECIDE = "contact:decide"
    CONTACT_TAKE = "contact:take"
    DECISION_RECORD = "decision:record"
    ENTRY_SEAL = "entry:seal"
    ENTRY_WRITE = "entry:write"
    FILE_ALLOCATE = "file:allocate"
    FILE_BAR = "file:bar"
    FILE_BREAK_GLASS = "file:break-glass"
    FILE_LEVEL = "file:level"
    GRANT_REVIEW = "grant:review"
    LOOKS_READ = "looks:read"
    PAPER_GIVE = "paper:give"
    PERSON_ADD = "person:add"
    PERSON_EDIT = "person:edit"
    PERSON_FIND = "person:find"
    PERSON_MERGE = "person:merge"
    PLAN_AGREE = "plan:agree"
    PLAN_WRITE = "plan:write"
    SETTING_CHANGE = "setting:change"
    STATEMENT_WRITE = "statement:write"
    TEAM_MANAGE = "team:manage"
