SELECT p.posting_id, p.source, p.kind, p.mode, p.posting_key, coalesce(p.url, ''), coalesce(p.link, ''),
       coalesce(p.title, ''), coalesce(p.company, ''), coalesce(p.location, ''),
       p.first_seen, p.last_seen, p.sightings, coalesce(p.job_id, ''), coalesce(p.employer_id, ''), coalesce(p.employer, ''),
       coalesce(j.reason, ''), coalesce(j.evidence, ''),
       coalesce(p.domain, ''), coalesce(p.also1, ''), coalesce(p.also2, ''), coalesce(p.abstained, false),
       coalesce(CAST(json_object('crypto', p_crypto, 'cloud', p_cloud, 'gaming', p_gaming, 'web', p_web, 'finance', p_finance,
                            'embedded', p_embedded, 'data_ai', p_data_ai, 'security', p_security, 'other', p_other) AS VARCHAR), '{}'),
       coalesce(p.market_role, ''), coalesce(p.market_reason, ''), coalesce(p.is_job, true),
       coalesce(p.reasons, '[]'), coalesce(p.label_version, ''), p.simulated
FROM postings AS p
LEFT JOIN job_postings AS j ON j.posting_id = p.posting_id
WHERE p.posting_id = $1
