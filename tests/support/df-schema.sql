-- A stand-in for the SQL interface of the extension pg_durable, for tests: the extension itself is in no registry that tests could get it from.
-- Schema and signatures are those of the extension (release 0.2.6); behind them are plain tables that a test fills. Nothing runs here, and
-- nothing is said by it about how the extension works inside.
CREATE SCHEMA df;

CREATE TABLE df.stand_in (
  instance_id text PRIMARY KEY,
  label text,
  status text NOT NULL DEFAULT 'running',
  output text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  completed_at timestamptz
);
-- What was asked, and as whom.
CREATE TABLE df.stand_in_calls (
  call text NOT NULL, instance_id text NOT NULL, name text, data text, role text NOT NULL DEFAULT current_user
);

CREATE FUNCTION df.list_instances(status_filter text DEFAULT NULL, limit_count integer DEFAULT 100)
RETURNS TABLE (instance_id text, label text, function_name text, status text, execution_count bigint, output text)
LANGUAGE sql STABLE AS $$
  SELECT s.instance_id, s.label, 'execute_function_graph', s.status, 1::bigint, s.output FROM df.stand_in s
  WHERE status_filter IS NULL OR s.status = status_filter ORDER BY s.created_at DESC LIMIT limit_count $$;

CREATE FUNCTION df.list_instances(status_filter text, limit_count integer, label_filter text, after_cursor text DEFAULT NULL)
RETURNS TABLE (instance_id text, label text, function_name text, status text, execution_count bigint, output text,
  created_at timestamptz, completed_at timestamptz, next_cursor text)
LANGUAGE sql STABLE AS $$
  WITH matching AS (
    SELECT s.*, row_number() OVER (ORDER BY s.created_at DESC, s.instance_id) AS place FROM df.stand_in s
    WHERE (status_filter IS NULL OR s.status = status_filter) AND (label_filter IS NULL OR s.label = label_filter)),
  page AS (
    SELECT * FROM matching WHERE place > coalesce(after_cursor::bigint, 0) ORDER BY place LIMIT limit_count)
  SELECT p.instance_id, p.label, 'execute_function_graph', p.status, 1::bigint, p.output, p.created_at, p.completed_at,
    (SELECT max(q.place)::text FROM page q WHERE EXISTS (SELECT FROM matching m WHERE m.place > (SELECT max(place) FROM page)))
  FROM page p ORDER BY p.place $$;

CREATE FUNCTION df.instance_info(instance_id text)
RETURNS TABLE (instance_id text, label text, function_name text, function_version text, current_execution_id bigint, status text, output text)
LANGUAGE sql STABLE AS $$
  SELECT s.instance_id, s.label, 'execute_function_graph', '1.0.0', 2::bigint, s.status, s.output FROM df.stand_in s
  WHERE s.instance_id = $1 $$;

CREATE FUNCTION df.instance_executions(instance_id text, limit_count integer DEFAULT 5)
RETURNS TABLE (execution_id bigint, status text, event_count bigint, duration_ms bigint, output text)
LANGUAGE sql STABLE AS $$
  SELECT e, CASE e WHEN 2 THEN s.status ELSE 'completed' END, 12::bigint, CASE e WHEN 1 THEN 1250::bigint END, NULL::text
  FROM df.stand_in s, generate_series(2::bigint, 1, -1) e WHERE s.instance_id = $1 LIMIT limit_count $$;

CREATE FUNCTION df.instance_nodes(instance_id text)
RETURNS TABLE (node_id text, node_type text, query text, result_name text, left_node text, right_node text, status text, result text,
  status_details text)
LANGUAGE sql STABLE AS $$
  SELECT n.* FROM df.stand_in s, (VALUES
    ('n1', 'THEN', NULL, NULL, 'n2', 'n3', 'running', NULL, NULL),
    ('n2', 'SQL', 'SELECT id FROM orders WHERE status = ''pending''', 'order_id', NULL, NULL, 'completed', '{"rows":[{"id":7}]}',
      '{"execution_id":"a1b2c3d4::1"}'),
    ('n3', 'SIGNAL', '{"signal_name":"approval"}', 'decision', NULL, NULL, 'running', NULL, NULL)
  ) AS n WHERE s.instance_id = $1 $$;

CREATE FUNCTION df.metrics()
RETURNS TABLE (total_instances bigint, running_instances bigint, completed_instances bigint, failed_instances bigint,
  total_executions bigint, total_events bigint)
LANGUAGE sql STABLE AS $$
  SELECT count(*), count(*) FILTER (WHERE status = 'running'), count(*) FILTER (WHERE status = 'completed'),
    count(*) FILTER (WHERE status = 'failed'), 2 * count(*), 24 * count(*) FROM df.stand_in $$;

CREATE FUNCTION df.cancel(instance_id text, reason text DEFAULT 'Cancelled by user') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT s.status FROM df.stand_in s WHERE s.instance_id = $1) = 'completed' THEN
    RAISE EXCEPTION 'instance % has completed already', $1;
  END IF;
  INSERT INTO df.stand_in_calls (call, instance_id, data) VALUES ('cancel', $1, reason);
  UPDATE df.stand_in s SET status = 'cancelled' WHERE s.instance_id = $1;
  RETURN 'Instance ' || $1 || ' cancelled';
END $$;

CREATE FUNCTION df.signal(instance_id text, signal_name text, signal_data text DEFAULT '{}') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO df.stand_in_calls (call, instance_id, name, data) VALUES ('signal', $1, signal_name, signal_data);
  RETURN 'Signal ' || signal_name || ' sent to ' || $1;
END $$;
