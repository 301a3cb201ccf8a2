//! The role vocabulary of LTI Core 1.3, Appendix A.2, complete.

/// `http`, not `https`: the URIs are names and compared byte by byte.
pub(crate) const LIS: &str = "http://purl.imsglobal.org/vocab/lis/v2/";
pub(crate) const LTI_SYSTEM: &str = "http://purl.imsglobal.org/vocab/lti/system/person#";

/// A.2.1: `system/person#…`.
pub(crate) const SYSTEM: [&str; 7] = [
    "Administrator",
    "None",
    "AccountAdmin",
    "Creator",
    "SysAdmin",
    "SysSupport",
    "User",
];

/// A.2: the marker of a platform's own preview, beside a real role.
pub(crate) const TEST_USER: &str = "TestUser";

/// A.2.2: `institution/person#…`.
pub(crate) const INSTITUTION: [&str; 14] = [
    "Administrator",
    "Faculty",
    "Guest",
    "None",
    "Other",
    "Staff",
    "Student",
    "Alumni",
    "Instructor",
    "Learner",
    "Member",
    "Mentor",
    "Observer",
    "ProspectiveStudent",
];

/// A.2.3 and A.2.3.1: `membership#Principal`, and `membership/Principal#SubRole` for each of the names behind it.
pub(crate) const CONTEXT: [(&str, &[&str]); 8] = [
    (
        "Administrator",
        &[
            "Administrator",
            "Developer",
            "ExternalDeveloper",
            "ExternalSupport",
            "ExternalSystemAdministrator",
            "Support",
            "SystemAdministrator",
        ],
    ),
    (
        "ContentDeveloper",
        &[
            "ContentDeveloper",
            "ContentExpert",
            "ExternalContentExpert",
            "Librarian",
        ],
    ),
    (
        "Instructor",
        &[
            "ExternalInstructor",
            "Grader",
            "GuestInstructor",
            "Lecturer",
            "PrimaryInstructor",
            "SecondaryInstructor",
            "TeachingAssistant",
            "TeachingAssistantGroup",
            "TeachingAssistantOffering",
            "TeachingAssistantSection",
            "TeachingAssistantSectionAssociation",
            "TeachingAssistantTemplate",
        ],
    ),
    (
        "Learner",
        &[
            "ExternalLearner",
            "GuestLearner",
            "Instructor",
            "Learner",
            "NonCreditLearner",
        ],
    ),
    (
        "Mentor",
        &[
            "Advisor",
            "Auditor",
            "ExternalAdvisor",
            "ExternalAuditor",
            "ExternalLearningFacilitator",
            "ExternalMentor",
            "ExternalReviewer",
            "ExternalTutor",
            "LearningFacilitator",
            "Mentor",
            "Reviewer",
            "Tutor",
        ],
    ),
    (
        "Manager",
        &[
            "AreaManager",
            "CourseCoordinator",
            "ExternalObserver",
            "Manager",
            "Observer",
        ],
    ),
    ("Member", &["Member"]),
    (
        "Officer",
        &["Chair", "Communications", "Secretary", "Treasurer", "Vice-Chair"],
    ),
];
