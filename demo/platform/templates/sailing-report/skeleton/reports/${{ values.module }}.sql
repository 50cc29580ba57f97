-- ${{ values.name }}
select route, sum(passengers) as passengers
from voyages
{%- if values.routes | length %}
where route in ({% for route in values.routes %}'${{ route }}'{% if not loop.last %}, {% endif %}{% endfor %})
{%- endif %}
group by route;
