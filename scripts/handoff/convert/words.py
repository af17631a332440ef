"""Headers and file names of exports in several languages, by the column or table they usually mean.

They only draft a plan, which a person mends; nothing of a run reads them.
"""

from __future__ import annotations

import re
import unicodedata

YES = ("yes", "true", "1", "ja", "oui", "sí", "si", "x")
NO = ("no", "false", "0", "nein", "non")


def spelled(text: str) -> str:
    """A name without case, accents and anything but letters and digits."""
    plain = text.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    decomposed = unicodedata.normalize("NFKD", plain)
    return re.sub(r"[^a-z0-9]", "", "".join(sign for sign in decomposed if not unicodedata.combining(sign)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(spelled(word) for word in text.split(","))


FILES = {
    "people": _words(
        "people,persons,contacts,leads,kontakte,personen,interessenten,contactos,personas,clients,prospects"
    ),
    "accounts": _words(
        "accounts,companies,firmen,unternehmen,organisationen,kunden,entreprises,societes,comptes,empresas"
    ),
    "reps": _words("reps,users,owners,employees,mitarbeiter,benutzer,nutzer,utilisateurs,usuarios,betreuer,team"),
    "activities": _words(
        "activities,events,aktivitäten,ereignisse,web activities,marketing activities,activités,actividades"
    ),
    "status_changes": _words(
        "status changes,status history,lead history,statushistorie,statusänderungen,statusverlauf"
    ),
    "assignments": _words("assignments,owner changes,owner history,zuweisungen,betreuerwechsel,zuordnungen"),
    "touches": _words(
        "touches,calls,tasks,anrufe,aufgaben,telefonate,kontaktaufnahmen,appels,llamadas,sales activities"
    ),
    "opportunities": _words("opportunities,deals,verkaufschancen,chancen,opportunites,oportunidades,angebote"),
    "opportunity_contacts": _words("opportunity contacts,deal contacts,opportunity contact roles"),
    "opportunity_stage_changes": _words("opportunity history,deal history,stage changes,phasenverlauf"),
    "campaigns": _words("campaigns,kampagnen,campagnes,campanas"),
    "campaign_members": _words("campaign members,kampagnenmitglieder,membres de campagne"),
    "rep_absences": _words("absences,abwesenheiten,out of office,conges"),
}

_ID = "id,number,no,nr,nummer,key,numero"
_PERSON = (
    "record id,contact id,lead id,person id,contact no,kontakt id,kontakt nr,kontaktnummer,kontakt,lead nr,person nr,"
    "personen nr,id contact,id contacto,contact"
)
_REP = (
    "rep id,user id,owner id,employee id,mitarbeiter nr,mitarbeiternummer,benutzer,user,owner,betreuer,verantwortlicher"
)
_TIME = "date,time,datetime,timestamp,zeitpunkt,datum,datum/uhrzeit,datum uhrzeit,zeit,fecha,date et heure,occurred at"

HEADERS = {
    "record_id": _words(f"{_PERSON},{_ID}"),
    "record_type": _words("type,record type,typ,kontaktart,art"),
    "email": _words(
        "email,e-mail,mail,email address,e-mail-adresse,mailadresse,adresse email,courriel,correo electrónico"
    ),
    "first_name": _words("first name,given name,vorname,prénom,nombre"),
    "last_name": _words("last name,surname,family name,nachname,name,nom,apellido,apellidos"),
    "job_title": _words("title,job title,position,funktion,titel,fonction,poste,cargo,puesto"),
    "phone": _words("phone,telephone,mobile,telefon,telefonnummer,mobil,téléphone,teléfono"),
    "company_name": _words(
        "company,company name,organisation,organization,firma,firmenname,unternehmen,société,empresa"
    ),
    "company_domain": _words("domain,website,web,webseite,homepage,site web,sitio web"),
    "country": _words("country,land,pays,país"),
    "region": _words("region,state,bundesland,province,région,kanton"),
    "industry": _words("industry,branche,secteur,sector"),
    "employee_count": _words("employees,employee count,headcount,mitarbeiter,mitarbeiterzahl,effectif,empleados"),
    "annual_revenue": _words("revenue,annual revenue,umsatz,jahresumsatz,chiffre d'affaires,ingresos"),
    "lead_source": _words("source,lead source,origin,quelle,leadquelle,herkunft,origine,origen"),
    "status": _words("status,lead status,stand,statut,estado"),
    "owner_id": _words(_REP),
    "account_id": _words("account id,company id,firmen nr,firmennummer,kunden nr,kundennummer,id société,account"),
    "created_at": _words(
        "created,created at,created on,creation date,angelegt,angelegt am,erstellt,erstellt am,créé le"
    ),
    "updated_at": _words("updated,updated at,modified,last modified,geändert am,aktualisiert,modifié le"),
    "is_email_opt_out": _words("opt out,unsubscribed,email opt out,newsletter abgemeldet,abgemeldet,désabonné"),
    "account_name": _words("name,account name,company,company name,firma,firmenname,société,empresa"),
    "domain": _words("domain,website,web,webseite,homepage"),
    "rep_id": _words(f"{_REP},{_ID}"),
    "rep_name": _words("name,full name,user name,vollständiger name,nom"),
    "team": _words("team,department,abteilung,gruppe,équipe,equipo"),
    "role": _words("role,rolle,rôle"),
    "is_active": _words("active,is active,aktiv,actif,activo"),
    "activity_id": _words(f"activity id,event id,aktivität nr,aktivitätsnummer,{_ID}"),
    "activity_type": _words("type,activity type,event,art,typ,aktivität,type d'activité,tipo"),
    "occurred_at": _words(_TIME),
    "asset_name": _words("asset,name,title,subject,bezeichnung,betreff,titel,objet"),
    "url": _words("url,page,link,seite,adresse"),
    "change_id": _words(f"change id,{_ID}"),
    "changed_at": _words(f"changed at,changed on,geändert am,{_TIME}"),
    "old_status": _words("old status,from,from status,alter status,von,ancien statut"),
    "new_status": _words("new status,to,to status,neuer status,nach,nouveau statut"),
    "changed_by": _words("changed by,user,geändert von,modifié par"),
    "reason": _words("reason,grund,motif"),
    "assignment_id": _words(_ID),
    "assigned_at": _words(f"assigned at,zugewiesen am,{_TIME}"),
    "old_owner_id": _words("old owner,previous owner,alter betreuer"),
    "new_owner_id": _words("new owner,neuer betreuer"),
    "touch_id": _words(f"call id,task id,{_ID}"),
    "touch_type": _words("type,call type,art,typ,tipo"),
    "completed_at": _words("completed at,done at,erledigt am,abgeschlossen am"),
    "outcome": _words("outcome,result,ergebnis,résultat,resultado"),
    "is_completed": _words("completed,done,erledigt,abgeschlossen"),
    "opportunity_id": _words(f"opportunity id,deal id,chance nr,{_ID}"),
    "stage": _words("stage,phase,étape,etapa"),
    "amount": _words("amount,value,betrag,wert,volumen,montant,importe"),
    "currency": _words("currency,währung,devise,moneda"),
    "close_date": _words("close date,expected close,abschlussdatum,date de clôture"),
    "campaign_id": _words(f"campaign id,kampagnen nr,{_ID}"),
    "campaign_name": _words("name,campaign,campaign name,kampagne"),
    "cost": _words("cost,budget,kosten,coût"),
}

# Words of activities, touches and records by what they usually mean.
MEANT = {
    spelled(word): meaning
    for meaning, words in {
        "page_visit": "page view,page visit,seitenaufruf,seitenbesuch,webseitenbesuch,visite de page",
        "form_fill": "form,form fill,form submission,formular,formular ausgefüllt,formulaire",
        "email_open": "email open,e-mail opened,e-mail geöffnet,mail geöffnet,email ouvert",
        "email_click": "email click,e-mail clicked,e-mail-klick,mailklick,clic email",
        "webinar_attendance": "webinar,webinar attended,webinar-teilnahme,webinarteilnahme",
        "call": "call,phone call,anruf,telefonat,appel,llamada",
        "email": "email,e-mail,mail,courriel",
        "meeting": "meeting,appointment,termin,besprechung,rendez-vous,réunion",
        "task": "task,to-do,aufgabe,tâche",
        "lead": "lead,interessent,prospect",
        "contact": "contact,kontakt",
    }.items()
    for word in words.split(",")
}
